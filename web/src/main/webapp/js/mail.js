// One mail: what is known of it, what can be done with it, and its panels.

import * as api from './api.js';
import {byId, element, foreign} from './dom.js';
import {counted, fullTime, proof, shortTime, size, subject, way} from './format.js';
import {panels} from './panels.js';
import {viewPart} from './viewer.js';

const REMEMBERED = 'mailbox.panel';
const remembered = () => {
    try {
        return localStorage.getItem(REMEMBERED);
    } catch {
        return null;
    }
};

export class MailView {

    #pane = byId('mail');
    #mail = null;
    #request = null;
    #stopPanel = () => {};
    #actions;
    #onProblem;

    /** What its buttons do: answer, answerAll, forward, resend, toggleRead, remove, back, each called with the mail. */
    constructor({actions, onProblem}) {
        this.#actions = actions;
        this.#onProblem = onProblem;
        this.clear('Choose a mail in the list: j and k go through it, ? tells more.');
    }

    get mail() {
        return this.#mail;
    }

    clear(text) {
        this.#request?.abort();
        this.#stopPanel();
        this.#mail = null;
        this.#pane.replaceChildren(element('p', {class: 'empty'}, text));
    }

    /** Fetches a mail and shows it; false if another was asked for meanwhile, or there is none. */
    async show(id) {
        this.#request?.abort();
        this.#request = new AbortController();
        try {
            const mail = await api.mail(id, this.#request.signal);
            this.#stopPanel();
            this.#mail = mail;
            this.#render();
            return true;
        } catch (problem) {
            if (problem.name === 'AbortError') {
                return false;
            }
            if (problem.status === 404) {
                this.clear('This mail is not there, or is no longer.');
            } else {
                this.#onProblem(problem);
            }
            return false;
        }
    }

    /** Takes over that somebody has read the mail, or has marked it as unread. */
    setRead(read) {
        if (this.#mail) {
            this.#mail.read = read;
            const button = this.#pane.querySelector('[data-do=toggleRead]');
            if (button) {
                button.textContent = read ? 'Mark as unread' : 'Mark as read';
            }
        }
    }

    focus() {
        (this.#pane.querySelector('.panel') ?? this.#pane).focus({preventScroll: true});
    }

    /** Opens the panel with this number, from 0. */
    choose(index) {
        this.#pane.querySelector(`#tab-${panels[index]?.name}`)?.click();
    }

    #render() {
        const mail = this.#mail;
        const panel = element('div', {class: 'panel', id: 'panel', role: 'tabpanel', tabindex: '0'});
        this.#pane.replaceChildren(
            element('div', {class: 'mail-head'},
                this.#buttons(),
                element('h2', {}, foreign(subject(mail))),
                facts(mail),
                marks(mail),
                verdicts(mail),
                mail.undecodable && element('p', {class: 'problem'},
                    'This mail cannot be decoded, its source can be seen: ', foreign(mail.undecodable)),
                this.#parts(),
                this.#tabs(panel)),
            panel);
    }

    #buttons() {
        const mail = this.#mail;
        const button = (name, text, key, shown = true) => shown && element('button',
            {type: 'button', 'data-do': name, 'aria-keyshortcuts': key, title: key ? `${text} (${key})` : text,
                click: () => this.#actions[name](mail)}, text);
        const several = mail.recipients.length + (mail.cc?.length ?? 0) > 1;
        return element('div', {class: 'actions'},
            element('button', {type: 'button', class: 'back', click: () => this.#actions.back()}, '← List'),
            button('answer', 'Answer', 'r'),
            button('answerAll', 'Answer all', 'a', several),
            button('forward', 'Forward', 'f'),
            button('resend', 'Send again'),
            button('toggleRead', mail.read ? 'Mark as unread' : 'Mark as read', 'u'),
            button('remove', 'Delete', 'e'),
            element('a', {href: api.rawAddress(mail.id), download: true, title: 'The mail as it came, octet for octet'},
                `Save, ${size(mail.size)}`));
    }

    #parts() {
        const parts = this.#mail.parts.filter(part => part.name || !part.inline);
        const label = counted(parts.length, 'attachment', 'attachments');
        return parts.length > 0 && element('ul', {class: 'parts', 'aria-label': label},
            ...parts.map(part => element('li', {},
                foreign(part.name || `part ${part.number}`),
                element('span', {class: 'muted'}, `${part.type}, ${size(part.size)}`),
                viewable(part) && element('button', {type: 'button', class: 'quiet', 'aria-label': `View ${part.name}`,
                    click: () => viewPart(this.#mail.id, part)}, 'View'),
                element('a', {href: api.partAddress(this.#mail.id, part.number), download: true,
                    'aria-label': `Save ${part.name}`}, 'Save'))));
    }

    #tabs(panel) {
        const offered = panels.filter(one => one.has(this.#mail));
        const preferred = this.#mail.undecodable ? 'source' : remembered();
        const first = offered.find(one => one.name === preferred && !(one.name === 'text' && !this.#mail.text))
            ?? offered.find(one => one.name === (this.#mail.text || !this.#mail.html ? 'text' : 'html'));
        const tabs = offered.map(one => element('button', {type: 'button', role: 'tab', id: `tab-${one.name}`,
            'aria-controls': 'panel', click: () => this.#open(one, panel, tabs, true)}, one.title));
        const list = element('div', {class: 'tabs', role: 'tablist', 'aria-label': 'How to show the mail',
            keydown: event => walk(event, tabs)}, ...tabs);
        this.#open(first, panel, tabs, false);
        return list;
    }

    #open(chosen, panel, tabs, remember) {
        this.#stopPanel();
        for (const tab of tabs) {
            const selected = tab.id === `tab-${chosen.name}`;
            tab.setAttribute('aria-selected', selected);
            tab.tabIndex = selected ? 0 : -1;
        }
        panel.className = 'panel';
        panel.setAttribute('aria-labelledby', `tab-${chosen.name}`);
        panel.replaceChildren();
        panel.scrollTop = 0;
        const stop = new AbortController();
        this.#stopPanel = () => stop.abort();
        chosen.fill(panel, this.#mail, stop.signal);
        if (remember && (chosen.name === 'text' || chosen.name === 'html')) {
            try {
                localStorage.setItem(REMEMBERED, chosen.name);
            } catch {
                // a browser that stores nothing: the choice holds for this mail
            }
        }
    }
}

function walk(event, tabs) {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (step) {
        event.preventDefault();
        const next = tabs[(tabs.indexOf(event.target) + step + tabs.length) % tabs.length];
        next.focus();
        next.click();
    }
}

function facts(mail) {
    const list = element('dl', {class: 'facts'});
    const add = (title, ...value) => list.append(element('dt', {}, title), element('dd', {}, ...value));
    add('From', foreign(mail.from || '(nobody)'),
        !(mail.from ?? '').includes(mail.envelopeFrom || '<>') &&
            element('span', {class: 'muted'}, ' sent as ', foreign(`<${mail.envelopeFrom ?? ''}>`)));
    add('To', foreign((mail.to?.length ? mail.to : mail.recipients).join(', ')));
    if (mail.cc?.length) {
        add('Cc', foreign(mail.cc.join(', ')));
    }
    const named = [...mail.to ?? [], ...mail.cc ?? []].join(' ').toLowerCase();
    if (mail.to?.length && !mail.recipients.every(recipient => named.includes(recipient.toLowerCase()))) {
        add('For', foreign(mail.recipients.join(', ')));
    }
    add('Came', element('time', {datetime: mail.received, title: shortTime(mail.received)}, fullTime(mail.received)));
    return list;
}

function marks(mail) {
    const came = way(mail);
    const mark = (kind, text, full) => element('span', {class: `mark ${kind}`, title: full}, foreign(text));
    return element('p', {class: 'marks-line'},
        mark(came.kind, mail.tls?.cipher ? `${came.text} · ${mail.tls.cipher}` : came.text, came.full),
        mail.authenticatedUser
            ? mark('safe', `logged in as ${mail.authenticatedUser}`, 'the sender had logged in to SMTP as this user')
            : mark('other', 'no log-in', 'the sender had not logged in to SMTP'),
        mark('other', `from ${mail.peer ?? 'nowhere'}`, `called itself ${mail.helo ?? 'nothing'}`),
        mail.listener && mark('other', mail.listener, 'the listener that it came in by'));
}

/** What was found out about who sent the mail: in a word or two, and each check on demand. */
function verdicts(mail) {
    const sent = proof(mail);
    return sent && element('details', {class: 'verdicts'},
        element('summary', {title: sent.full}, element('span', {class: `mark ${sent.kind}`}, sent.text),
            element('span', {class: 'unseen'}, `: ${sent.full}`)),
        element('dl', {class: 'facts'}, ...mail.verdicts.flatMap(verdict => [
            element('dt', {}, verdict.method.toUpperCase()),
            element('dd', {}, verdict.result, verdict.domain && ' for ', verdict.domain && foreign(verdict.domain),
                verdict.reason && element('span', {class: 'muted'}, ': ', foreign(verdict.reason)))])));
}

function viewable(part) {
    return /^image\/(png|jpeg|gif|webp)$|^(text\/|message\/|application\/(json|xml)$)/i.test(part.type ?? '');
}
