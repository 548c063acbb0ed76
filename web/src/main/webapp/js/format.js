// How times, sizes and the way of a mail are written. A formatter is made once: making one costs more than using it.

const CLOCK = new Intl.DateTimeFormat(undefined, {hour: '2-digit', minute: '2-digit'});
const DAY = new Intl.DateTimeFormat(undefined, {day: 'numeric', month: 'short'});
const OLD = new Intl.DateTimeFormat(undefined, {day: 'numeric', month: 'short', year: 'numeric'});
const FULL = new Intl.DateTimeFormat(undefined, {dateStyle: 'full', timeStyle: 'medium'});
const NUMBER = new Intl.NumberFormat();

const asDate = time => {
    const date = new Date(time ?? NaN);
    return Number.isNaN(date.getTime()) ? null : date;
};

/** Short, for a list: the time of today, the day of this year, or the date. */
export function shortTime(time) {
    const date = asDate(time);
    if (!date) {
        return '';
    }
    const now = new Date();
    if (date.toDateString() === now.toDateString()) {
        return CLOCK.format(date);
    }
    return (date.getFullYear() === now.getFullYear() ? DAY : OLD).format(date);
}

export function fullTime(time) {
    const date = asDate(time);
    return date ? FULL.format(date) : String(time ?? '');
}

export const number = value => NUMBER.format(value);

export const counted = (count, one, many) => `${number(count)} ${count === 1 ? one : many}`;

export function size(octets) {
    let value = octets ?? 0;
    for (const unit of ['B', 'kB', 'MB']) {
        if (value < 1000 || unit === 'MB') {
            return `${value < 10 && unit !== 'B' ? value.toFixed(1) : Math.round(value)} ${unit}`;
        }
        value /= 1000;
    }
    return '';
}

/** How a mail came, in a word or two, and whether others could read it on its way. */
export function way(mail) {
    if (!mail.tls) {
        return {text: 'plain', kind: 'plain', full: 'came unencrypted'};
    }
    const version = (mail.tls.protocol ?? 'TLS').replace(/^TLSv/, 'TLS ');
    return {text: version, kind: 'safe', full: `came encrypted: ${version}, ${mail.tls.cipher ?? 'cipher not known'}`};
}

const PROOFS = {
    proven: {text: 'sender proven', kind: 'safe', full: 'its domain says that the mail is from there'},
    unproven: {text: 'sender not proven', kind: 'other', full: 'nothing proves who sent it'},
    doubtful: {text: 'sender doubtful', kind: 'plain', full: 'its domain says that the mail is not from there'},
};

/** Whether it is known who sent a mail; nothing where that was not checked. */
export const proof = mail => PROOFS[mail.sender];

/** The name in "Ann Example <ann@example.com>", or the address. */
export function name(from, otherwise) {
    const text = (from ?? '').trim();
    const named = text.match(/^"?([^"<]+?)"?\s*<[^<>]*>$/);
    return (named ? named[1] : text) || otherwise || '(no sender)';
}

export const subject = mail => mail.subject?.trim() || '(no subject)';
