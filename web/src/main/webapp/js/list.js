// The list of mails. However many there are, only the rows that can be seen are elements; the entries behind them are
// fetched page by page as far as somebody has scrolled.

import * as api from './api.js';
import {byId, element, foreign} from './dom.js';
import {counted, fullTime, name, proof, shortTime, subject, way} from './format.js';

const PAGE = 200;
const FIRST_PAGE = 50;
/** Rows drawn above and below those that are seen. */
const MARGIN = 6;

export class MailList {

    #box = byId('mails');
    #spacer = element('div', {class: 'spacer', role: 'presentation'});
    #rowHeight = parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--row'));
    #rows = new Map();
    #entries = [];
    #filter = {};
    #next = null;
    #total = 0;
    #unread = 0;
    #cursor = null;
    #opened = null;
    #request = null;
    #loading = null;
    #drawing = false;
    #onOpen;
    #onWalk;
    #onProblem;
    #onCounts;

    /** The functions hear of a mail to open, a walk by so many mails, a Problem, a new number of unread mails. */
    constructor({onOpen, onWalk, onProblem, onCounts}) {
        this.#onOpen = onOpen;
        this.#onWalk = onWalk;
        this.#onProblem = onProblem;
        this.#onCounts = onCounts;
        this.#box.append(this.#spacer);
        this.#box.addEventListener('scroll', () => this.#drawSoon(), {passive: true});
        this.#box.addEventListener('click', event => this.#clicked(event));
        this.#box.addEventListener('keydown', event => this.#pressed(event));
        new ResizeObserver(() => this.#drawSoon()).observe(this.#box);
    }

    /** Shows the mails that a filter lets through, from the newest. */
    async show(filter) {
        this.#filter = filter;
        this.#box.scrollTop = 0;
        this.#cursor = null;
        await this.refresh();
    }

    /** Fetches the first page anew, and forgets the others: they are fetched again when they are looked at. */
    async refresh() {
        this.#request?.abort();
        this.#request = new AbortController();
        this.#loading = null;
        const {signal} = this.#request;
        this.#box.setAttribute('aria-busy', 'true');
        try {
            const page = await api.list(this.#filter, undefined, FIRST_PAGE, signal);
            this.#entries = page.mails;
            this.#next = page.next;
            this.#count(page.total, page.unread);
        } catch (problem) {
            this.#tell(problem);
        } finally {
            if (!signal.aborted) {
                this.#box.removeAttribute('aria-busy');
            }
        }
        this.#drawSoon();
    }

    /** Has the numbers counted anew, after a change by somebody else. */
    async recount() {
        try {
            const page = await api.list(this.#filter, undefined, 1);
            this.#count(page.total, page.unread);
        } catch (problem) {
            this.#tell(problem);
        }
    }

    get filtered() {
        return Object.keys(this.#filter).length > 0;
    }

    get opened() {
        return this.#opened;
    }

    /** The mail that keys act on: the one at the cursor. */
    get current() {
        return this.#entries.find(entry => entry.id === this.#cursor) ?? null;
    }

    /** A new mail, at the top. Who has scrolled down goes on seeing what he sees. */
    add(entry) {
        if (this.#entries.some(known => known.id === entry.id)) {
            return;
        }
        this.#entries.unshift(entry);
        if (this.#box.scrollTop > 0) {
            this.#box.scrollTop += this.#rowHeight;
        }
        this.#count(this.#total + 1, this.#unread + (entry.read ? 0 : 1));
        this.#drawSoon();
    }

    remove(id) {
        const index = this.#entries.findIndex(entry => entry.id === id);
        if (index < 0) {
            return;
        }
        const [gone] = this.#entries.splice(index, 1);
        if (this.#cursor === id) {
            this.#cursor = (this.#entries[index] ?? this.#entries[index - 1])?.id ?? null;
        }
        this.#count(this.#total - 1, this.#unread - (gone.read ? 0 : 1));
        this.#drawSoon();
    }

    has(id) {
        return this.#entries.some(entry => entry.id === id);
    }

    /** Takes over what has changed in an entry. */
    change(id, changed) {
        const index = this.#entries.findIndex(entry => entry.id === id);
        if (index < 0) {
            return;
        }
        const before = this.#entries[index];
        const after = {...before, ...changed};
        this.#entries[index] = after;
        this.#count(this.#total, this.#unread + Number(before.read) - Number(after.read));
        this.#drawSoon();
    }

    /** Marks the mail that is shown beside the list. */
    mark(id) {
        this.#opened = id;
        if (id !== null) {
            this.#cursor = id;
        }
        this.#drawSoon();
    }

    /** Moves the cursor by so many mails; returns the mail it then is at. */
    async move(by) {
        // before the first one as long as there is no cursor
        const index = this.#entries.findIndex(entry => entry.id === this.#cursor);
        const wanted = Math.max(0, index + by);
        await this.#fetchTo(wanted);
        const target = this.#entries[Math.min(wanted, this.#entries.length - 1)];
        if (!target) {
            return null;
        }
        this.#cursor = target.id;
        this.#intoView(this.#entries.indexOf(target));
        this.#drawSoon();
        return target;
    }

    focus() {
        this.#box.focus({preventScroll: true});
    }

    #count(total, unread) {
        this.#total = Math.max(total, this.#entries.length);
        this.#unread = Math.max(0, unread);
        byId('count').textContent = counted(this.#total, 'mail', 'mails');
        byId('no-mails').hidden = this.#total > 0;
        byId('no-mails').textContent = this.filtered
            ? 'No mail is like that.' : 'No mail yet. One that comes is shown here at once.';
        this.#onCounts(this.#unread);
    }

    #intoView(index) {
        const top = index * this.#rowHeight;
        if (top < this.#box.scrollTop) {
            this.#box.scrollTop = top;
        } else if (top + this.#rowHeight > this.#box.scrollTop + this.#box.clientHeight) {
            this.#box.scrollTop = top + this.#rowHeight - this.#box.clientHeight;
        }
    }

    #clicked(event) {
        const row = event.target.closest('.row');
        const entry = row && this.#entries[Number(row.getAttribute('aria-posinset')) - 1];
        if (entry) {
            this.#cursor = entry.id;
            this.#onOpen(entry.id);
        }
    }

    #pressed(event) {
        const page = Math.max(1, Math.floor(this.#box.clientHeight / this.#rowHeight) - 1);
        const all = this.#total;
        const by = {ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -all, End: all}[event.key];
        if (by !== undefined && !event.ctrlKey && !event.altKey && !event.metaKey) {
            event.preventDefault();
            this.#onWalk(by);
        }
    }

    async #fetchTo(index) {
        while (this.#next !== null && this.#entries.length <= index) {
            this.#loading ??= this.#fetchPage();
            if (!await this.#loading) {
                return;
            }
        }
    }

    async #fetchPage() {
        const {signal} = this.#request;
        try {
            const page = await api.list(this.#filter, this.#next, PAGE, signal);
            const known = new Set(this.#entries.map(entry => entry.id));
            this.#entries.push(...page.mails.filter(entry => !known.has(entry.id)));
            this.#next = page.next;
            this.#count(page.total, page.unread);
            this.#drawSoon();
            return true;
        } catch (problem) {
            this.#tell(problem);
            return false;
        } finally {
            if (!signal.aborted) {
                this.#loading = null;
            }
        }
    }

    #tell(problem) {
        if (problem.name !== 'AbortError') {
            this.#onProblem(problem);
        }
    }

    #drawSoon() {
        if (!this.#drawing) {
            this.#drawing = true;
            requestAnimationFrame(() => {
                this.#drawing = false;
                this.#draw();
            });
        }
    }

    #draw() {
        this.#spacer.style.height = `${this.#total * this.#rowHeight}px`;
        const first = Math.max(0, Math.floor(this.#box.scrollTop / this.#rowHeight) - MARGIN);
        const seen = Math.ceil(this.#box.clientHeight / this.#rowHeight) + 2 * MARGIN;
        const last = Math.min(this.#total, first + seen);
        for (const [index, row] of this.#rows) {
            if (index < first || index >= last) {
                row.remove();
                this.#rows.delete(index);
            }
        }
        for (let index = first; index < last; index++) {
            this.#drawRow(index);
        }
        const cursor = this.#entries.findIndex(entry => entry.id === this.#cursor);
        if (cursor >= first && cursor < last) {
            this.#box.setAttribute('aria-activedescendant', `row-${cursor}`);
        } else {
            this.#box.removeAttribute('aria-activedescendant');
        }
        if (last > this.#entries.length && this.#next !== null) {
            this.#fetchTo(last);
        }
    }

    #drawRow(index) {
        const entry = this.#entries[index];
        let row = this.#rows.get(index);
        if (!row || row.entry !== entry) {
            const made = entry ? rowOf(entry) : element('div', {class: 'row waiting'}, '…');
            made.entry = entry;
            made.id = `row-${index}`;
            made.style.transform = `translateY(${index * this.#rowHeight}px)`;
            made.setAttribute('role', 'option');
            made.setAttribute('aria-posinset', index + 1);
            if (row) {
                row.replaceWith(made);
            } else {
                this.#box.append(made);
            }
            this.#rows.set(index, made);
            row = made;
        }
        row.setAttribute('aria-setsize', this.#total);
        row.setAttribute('aria-selected', entry !== undefined && entry.id === this.#opened);
        row.classList.toggle('cursor', entry !== undefined && entry.id === this.#cursor);
    }
}

function rowOf(entry) {
    const came = way(entry);
    const sent = proof(entry);
    return element('div', {class: entry.read ? 'row' : 'row unread', 'data-id': entry.id},
        element('span', {class: 'from'}, element('span', {class: 'unseen'}, entry.read ? '' : 'unread, '),
            foreign(name(entry.from, entry.envelopeFrom))),
        element('time', {datetime: entry.received, title: fullTime(entry.received)}, shortTime(entry.received)),
        element('span', {class: 'subject'}, element('b', {}, foreign(subject(entry))), ' ',
            element('span', {class: 'preview'}, foreign(entry.preview))),
        element('span', {class: 'marks'},
            entry.attachments > 0 && element('span', {title: counted(entry.attachments, 'attachment', 'attachments')},
                element('span', {'aria-hidden': 'true', class: 'clip'}),
                element('span', {class: 'unseen'}, counted(entry.attachments, 'attachment', 'attachments'))),
            entry.sender === 'doubtful' && element('span', {class: `mark ${sent.kind}`, title: sent.full},
                element('span', {'aria-hidden': 'true'}, '?'), element('span', {class: 'unseen'}, sent.text)), ' ',
            element('span', {class: `mark ${came.kind}`, title: came.full}, came.text)));
}
