// The mailbox: what is shown follows the address (#id=…&q=…&unread=true, #view=queue), so that a link leads back to it.

import * as api from './api.js';
import {Compose} from './compose.js';
import {byId, confirmed, element, say} from './dom.js';
import {Events} from './events.js';
import {name, subject} from './format.js';
import {listenToKeys} from './keys.js';
import {MailList} from './list.js';
import {MailView} from './mail.js';
import {QueueView} from './queue.js';

const MANY_CHANGES = 10;
const CHANGES_TOGETHER_MS = 300;
const TYPED_MS = 250;
const WALKED_MS = 120;
const NARROW = matchMedia('(max-width: 760px)');

const problems = problem => notice(problem.message);

function notice(...what) {
    byId('notice').replaceChildren(...what);
    byId('notice').hidden = what.length === 0;
}

api.onLoggedOut(() => notice('You are no longer logged in. ',
    element('a', {href: './', target: '_blank'}, 'Log in again in another tab'),
    ', then go on here; nothing written is lost.'));

/** What the address after # says. */
const route = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));

function go(changes, replace = false) {
    const wanted = Object.entries({...route(), view: '', ...changes}).filter(([, value]) => value);
    const address = `#${new URLSearchParams(wanted)}`;
    if (address === (location.hash || '#')) {
        return;
    }
    if (replace) {
        history.replaceState(null, '', address);
        follow();
    } else {
        location.hash = address;
    }
}

const SENDERS = ['proven', 'unproven', 'doubtful'];

/** The words of a search, and what it says of addresses. */
function filterOf({q = '', unread}) {
    const filter = unread ? {unread: true} : {};
    const words = q.split(/\s+/).filter(word => {
        const [, key, value] = word.match(/^(from|to|is):(.+)$/i) ?? [];
        const name = key?.toLowerCase();
        const state = value?.toLowerCase();
        if (name === 'is' && state === 'unread') {
            filter.unread = true;
        } else if (name === 'is' && SENDERS.includes(state)) {
            filter.sender = state;
        } else if (name === 'from' || name === 'to') {
            filter[name] = value;
        } else {
            return true;
        }
        return false;
    });
    return words.join(' ') ? {...filter, q: words.join(' ')} : filter;
}

let session;
let view;
const list = new MailList({onOpen: id => open(id), onWalk: walk, onProblem: problems, onCounts: showUnread});
const queue = new QueueView(problems);
const compose = new Compose(() => session.admin && session.queue ? [element('a', {href: '#view=queue'}, 'Look')] : []);

function showUnread(unread) {
    byId('unread-count').hidden = unread === 0;
    byId('unread-count').replaceChildren(String(unread), element('span', {class: 'unseen'}, ' unread'));
    document.title = unread > 0 ? `(${unread}) Mailbox` : 'Mailbox';
}

let shownFilter = null;

async function follow() {
    const asked = route();
    const inQueue = asked.view === 'queue' && session.queue;
    byId('mail-view').hidden = inQueue;
    byId('queue-view').hidden = !inQueue;
    byId('to-mails').setAttribute('aria-current', inQueue ? 'false' : 'page');
    byId('to-queue').setAttribute('aria-current', inQueue ? 'page' : 'false');
    if (inQueue) {
        queue.open();
        return;
    }
    queue.close();
    if (document.activeElement !== byId('query')) {
        byId('query').value = asked.q ?? '';
    }
    byId('only-unread').checked = asked.unread === 'true';
    const filter = filterOf(asked);
    if (JSON.stringify(filter) !== shownFilter) {
        shownFilter = JSON.stringify(filter);
        await list.show(filter);
    }
    await showMail(asked.id ?? null);
}

async function showMail(id) {
    byId('mail-view').classList.toggle('open', id !== null);
    if (id === list.opened && (id === null || view.mail?.id === id)) {
        return;
    }
    const focusInMail = NARROW.matches;
    list.mark(id);
    if (id === null) {
        view.clear('Choose a mail in the list.');
        list.focus();
        return;
    }
    if (await view.show(id)) {
        if (focusInMail) {
            view.focus();
        }
        if (!view.mail.read) {
            await setRead(view.mail, true);
        }
    }
}

const open = (id, replace = false) => go({id}, replace);

let walking;

/** The cursor by so many mails; where the mail is shown beside the list, it is shown once the keys rest. */
async function walk(by) {
    const target = await list.move(by);
    list.focus();
    clearTimeout(walking);
    if (target && !NARROW.matches) {
        walking = setTimeout(() => open(target.id, true), WALKED_MS);
    }
}

async function setRead(mail, read) {
    try {
        await api.setRead(mail.id, read);
        list.change(mail.id, {read});
        if (view.mail?.id === mail.id) {
            view.setRead(read);
        }
    } catch (problem) {
        problems(problem);
    }
}

async function remove(mail) {
    const what = `“${subject(mail)}” of ${name(mail.from, mail.envelopeFrom)}`;
    if (!await confirmed('Delete this mail?', `${what} is then gone for all who share this address.`, 'Delete')) {
        return;
    }
    try {
        await api.remove(mail.id);
        gone(mail.id);
        say('Deleted.');
    } catch (problem) {
        problems(problem);
    }
}

/** A mail that is no more: the next one takes its place. */
function gone(id) {
    const shown = route().id === id;
    list.remove(id);
    if (shown) {
        open(NARROW.matches ? '' : list.current?.id ?? '', true);
    }
}

const actions = {
    answer: mail => compose.open('answer', mail),
    answerAll: mail => compose.open('answer', mail, true),
    forward: mail => compose.open('forward', mail),
    resend: mail => compose.open('resend', mail),
    toggleRead: mail => setRead(mail, !mail.read),
    remove,
    back: () => open(''),
};

/** A mail that somebody else has deleted, maybe while it is read here. */
function hearRemoval(id) {
    list.remove(id);
    // one that was deleted here has made room for the next one already
    if (route().id === id) {
        view.clear('This mail has just been deleted.');
    }
}

const changed = new Set();
let changing;

/** Changes by others are fetched together, many of them as a new list. */
function hearChange(id) {
    changed.add(id);
    changing ??= setTimeout(async () => {
        changing = undefined;
        const all = [...changed];
        changed.clear();
        const ids = all.filter(one => list.has(one));
        if (ids.length < all.length) {
            await list.recount();
        }
        if (ids.length > MANY_CHANGES) {
            await list.refresh();
            return;
        }
        for (const one of ids) {
            const mail = await api.mail(one).catch(() => null);
            if (mail) {
                list.change(one, {read: mail.read});
                if (view.mail?.id === one) {
                    view.setRead(mail.read);
                }
            }
        }
    }, CHANGES_TOGETHER_MS);
}

let refreshing;

function hearMail(entry) {
    if (list.filtered) {
        refreshing ??= setTimeout(() => {
            refreshing = undefined;
            list.refresh();
        }, CHANGES_TOGETHER_MS);
    } else {
        list.add(entry);
    }
    say(`New mail of ${name(entry.from, entry.envelopeFrom)}: ${subject(entry)}`);
}

/** An action on the mail that is shown, or on none. */
const withMail = action => () => view.mail && action(view.mail);

function listen() {
    listenToKeys({
        j: () => walk(1),
        k: () => walk(-1),
        '/': () => byId('query').select(),
        '?': () => byId('help-dialog').showModal(),
        Enter: () => list.current && (route().id === list.current.id ? view.focus() : open(list.current.id)),
        Escape: () => NARROW.matches ? open('') : list.focus(),
        r: withMail(actions.answer),
        a: withMail(actions.answerAll),
        f: withMail(actions.forward),
        e: withMail(remove),
        Delete: withMail(remove),
        u: withMail(actions.toggleRead),
        ...Object.fromEntries([0, 1, 2, 3, 4].map(index => [String(index + 1), () => view.choose(index)])),
    });
    let typed;
    const search = () => go({q: byId('query').value.trim(), id: ''}, true);
    byId('query').addEventListener('input', () => {
        clearTimeout(typed);
        typed = setTimeout(search, TYPED_MS);
    });
    byId('search').addEventListener('submit', event => {
        event.preventDefault();
        clearTimeout(typed);
        search();
        list.focus();
    });
    byId('only-unread').addEventListener('change', event => go({unread: event.target.checked ? 'true' : ''}, true));
    byId('help').addEventListener('click', () => byId('help-dialog').showModal());
    byId('skip').addEventListener('click', event => {
        event.preventDefault();
        list.focus();
    });
    byId('to-mails').addEventListener('click', event => {
        event.preventDefault();
        location.hash = '';
    });
    byId('log-out').addEventListener('click', async () => {
        await api.logOut().catch(() => {});
        location.replace('./');
    });
    addEventListener('beforeunload', event => compose.drafting && event.preventDefault());
    addEventListener('hashchange', follow);
}

async function begin() {
    try {
        session = await api.session();
    } catch (problem) {
        if (problem.status !== 401) {
            problems(problem);
        }
        return;
    }
    view = new MailView({actions, onProblem: problems});
    byId('user').textContent = session.admin ? `${session.user} (all mail)` : session.user;
    byId('user').title = session.admin ? 'sees all mail' : `sees mail for ${session.addresses.join(', ')}`;
    byId('to-queue').hidden = !(session.admin && session.queue);
    listen();
    await follow();
    list.focus();
    new Events({
        mail: hearMail,
        removed: hearRemoval,
        changed: hearChange,
        missed: () => list.refresh(),
        stillThere: () => api.session().then(() => notice() ?? true, () => false),
    }).start();
}

begin();
