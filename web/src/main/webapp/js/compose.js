// Writes an answer, a forwarding or a sending again. What was written is kept until it is sent, or the page is left.

import * as api from './api.js';
import {byId, say} from './dom.js';
import {fullTime, name, subject} from './format.js';

/** Lines of the mail that an answer quotes, and their octets, at most. */
const QUOTED_LINES = 200;
const QUOTED_LENGTH = 20_000;
/** What stands between commas, of which a name in quotes may have some of its own. */
const ADDRESS = /(?:"[^"]*"|[^,;"])+/g;
/** Drafts kept, the oldest go first. */
const DRAFTS = 50;

const KINDS = {
    answer: {title: 'Answer', to: false, text: true, start: quote, focus: 'compose-text'},
    forward: {title: 'Forward', to: true, text: true, start: () => '', focus: 'compose-to'},
    resend: {title: 'Send again, as it is', to: true, text: false, start: () => '', focus: 'compose-to'},
};

export class Compose {

    #dialog = byId('compose');
    #to = byId('compose-to');
    #text = byId('compose-text');
    #all = byId('compose-all');
    #send = byId('compose-send');
    #problem = byId('compose-problem');
    #drafts = new Map();
    #kind = null;
    #mail = null;
    #showQueue;

    /** @param showQueue makes what leads to the queue, or nothing for who may not look into it */
    constructor(showQueue) {
        this.#showQueue = showQueue;
        byId('compose-form').addEventListener('submit', event => {
            event.preventDefault();
            this.#submit();
        });
        byId('compose-cancel').addEventListener('click', () => this.#dialog.close());
        this.#dialog.addEventListener('close', () => this.#keep());
        this.#dialog.addEventListener('keydown', event => {
            if (event.key === 'Enter' && event.ctrlKey) {
                event.preventDefault();
                this.#submit();
            }
        });
    }

    get drafting() {
        return this.#drafts.size > 0 || this.#dialog.open;
    }

    open(kind, mail, all = false) {
        const form = KINDS[kind];
        const draft = this.#drafts.get(`${kind} ${mail.id}`) ?? {to: '', text: form.start(mail), all};
        this.#kind = kind;
        this.#mail = mail;
        byId('compose-title').textContent = form.title;
        byId('compose-mail').textContent = `“${subject(mail)}” of ${name(mail.from, mail.envelopeFrom)}`;
        byId('compose-to-label').hidden = !form.to;
        byId('compose-all-label').hidden = kind !== 'answer';
        byId('compose-text-label').hidden = !form.text;
        this.#to.required = form.to;
        this.#to.value = draft.to;
        this.#text.value = draft.text;
        this.#all.checked = all || draft.all;
        this.#problem.textContent = '';
        this.#send.disabled = false;
        this.#dialog.showModal();
        byId(form.focus).focus();
        this.#text.setSelectionRange(0, 0);
        this.#text.scrollTop = 0;
    }

    #keep() {
        if (this.#mail === null) {
            return;
        }
        const key = `${this.#kind} ${this.#mail.id}`;
        const untouched = this.#to.value === '' && this.#text.value === KINDS[this.#kind].start(this.#mail);
        this.#drafts.delete(key);
        if (!untouched) {
            this.#drafts.set(key, {to: this.#to.value, text: this.#text.value, all: this.#all.checked});
            if (this.#drafts.size > DRAFTS) {
                this.#drafts.delete(this.#drafts.keys().next().value);
            }
        }
    }

    async #submit() {
        if (this.#send.disabled) {
            return;
        }
        const to = (this.#to.value.match(ADDRESS) ?? []).map(address => address.trim()).filter(Boolean);
        if (KINDS[this.#kind].to && to.length === 0) {
            this.#problem.textContent = 'To whom?';
            this.#to.focus();
            return;
        }
        this.#send.disabled = true;
        this.#problem.textContent = '';
        try {
            const {queueIds} = await this.#deliver(to);
            this.#drafts.delete(`${this.#kind} ${this.#mail.id}`);
            this.#mail = null;
            this.#dialog.close();
            say(`It is in the queue${queueIds?.length ? ` as ${queueIds.join(', ')}` : ''}. `, ...this.#showQueue());
        } catch (problem) {
            this.#problem.textContent = problem.message;
        } finally {
            this.#send.disabled = false;
        }
    }

    #deliver(to) {
        const id = this.#mail.id;
        switch (this.#kind) {
            case 'answer': return api.answer(id, this.#text.value, this.#all.checked);
            case 'forward': return api.forward(id, to, this.#text.value);
            default: return api.resend(id, to);
        }
    }
}

function quote(mail) {
    const lines = (mail.text ?? '').slice(0, QUOTED_LENGTH).trimEnd().split('\n');
    const quoted = lines.slice(0, QUOTED_LINES).map(line => (line.startsWith('>') ? '>' : '> ') + line.trimEnd());
    const wrote = `${name(mail.from, mail.envelopeFrom)} wrote on ${fullTime(mail.date ?? mail.received)}:`;
    return `\n\n${wrote}\n${quoted.join('\n')}\n`;
}
