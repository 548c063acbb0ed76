// The outbound queue: what waits, why, and what can be done. It is fetched anew every few seconds while somebody looks.

import * as api from './api.js';
import {byId, confirmed, element, foreign, say} from './dom.js';
import {counted, fullTime, number, shortTime} from './format.js';

const LIMIT = 200;
const EVERY_MS = 5000;
const OPEN = new Set(['WAITING', 'SET_ASIDE']);

export class QueueView {

    #body = byId('queue-mails');
    #state = byId('queue-state');
    #timer = null;
    #shown = '';
    #onProblem;

    constructor(onProblem) {
        this.#onProblem = onProblem;
        this.#state.addEventListener('change', () => this.#refresh());
        document.addEventListener('visibilitychange', () => this.#timer !== null && this.#refreshSeen());
    }

    open() {
        this.close();
        this.#timer = setInterval(() => this.#refreshSeen(), EVERY_MS);
        this.#refresh();
    }

    close() {
        clearInterval(this.#timer);
        this.#timer = null;
    }

    #refreshSeen() {
        if (!document.hidden) {
            this.#refresh();
        }
    }

    async #refresh() {
        try {
            const queue = await api.queue(this.#state.value, LIMIT);
            const now = JSON.stringify(queue);
            // rows that have not changed stay, with the focus that one of their buttons may have
            if (now !== this.#shown) {
                this.#shown = now;
                this.#show(queue);
            }
        } catch (problem) {
            this.#onProblem(problem);
        }
    }

    #show({mails, counts}) {
        const focused = document.activeElement?.dataset?.of;
        const chosen = this.#state.value;
        const states = Object.entries(counts ?? {});
        this.#state.replaceChildren(element('option', {value: ''}, 'all'), ...states.map(([state, count]) =>
            element('option', {value: state}, `${readable(state)} (${number(count)})`)));
        this.#state.value = states.some(([state]) => state === chosen) ? chosen : '';
        byId('queue-count').textContent = mails.length === LIMIT
            ? `the first ${number(LIMIT)} mails` : counted(mails.length, 'mail', 'mails');
        byId('no-queue').hidden = mails.length > 0;
        this.#body.replaceChildren(...mails.map(mail => this.#row(mail)));
        if (focused) {
            this.#body.querySelector(`[data-of="${CSS.escape(focused)}"]`)?.focus();
        }
    }

    #row(mail) {
        const button = (text, what, action) => element('button', {type: 'button', 'data-of': `${what} ${mail.id}`,
            'aria-label': `${text} ${mail.id}`, click: action}, text);
        return element('tr', {'data-id': mail.id},
            element('td', {}, element('span', {class: 'mark other'}, readable(mail.state))),
            element('td', {}, element('div', {}, foreign(mail.subject || '(no subject)')),
                element('div', {class: 'muted'},
                    'from ', foreign(mail.from || '<>'), ', ', time(mail.created), ', ', mail.id)),
            element('td', {}, element('ul', {}, ...(mail.recipients ?? []).map(recipient => element('li', {},
                foreign(recipient.address), ' ', element('span', {class: 'mark other'}, readable(recipient.state)),
                recipient.lastReply && element('div', {class: 'muted'}, foreign(recipient.lastReply)))))),
            element('td', {'data-label': 'Attempts'}, number(mail.attempts ?? 0)),
            element('td', {'data-label': 'Next attempt'}, mail.nextAttempt ? time(mail.nextAttempt) : '–'),
            element('td', {class: 'doing'}, ...isOpen(mail) ? [
                button('Retry', 'retry', () => this.#retry(mail)), ' ',
                button('Cancel', 'cancel', () => this.#cancel(mail))] : []));
    }

    async #retry(mail) {
        await this.#do(() => api.retry(mail.id), `${mail.id} is tried again now.`);
    }

    async #cancel(mail) {
        if (await confirmed('Take this mail out of the queue?',
            `“${mail.subject || '(no subject)'}” is not sent to those who have not got it yet.`, 'Take it out')) {
            await this.#do(() => api.cancel(mail.id), `${mail.id} is no longer in the queue.`);
        }
    }

    async #do(action, done) {
        try {
            await action();
            say(done);
        } catch (problem) {
            this.#onProblem(problem);
        }
        await this.#refresh();
    }
}

/** Whether somebody has not got the mail yet, and may still get it. */
const isOpen = mail => (mail.recipients ?? []).some(({state}) => OPEN.has(String(state).toUpperCase()));

const readable = state => String(state ?? '').toLowerCase().replaceAll('_', ' ');

const time = value => element('time', {datetime: value, title: fullTime(value)}, shortTime(value));
