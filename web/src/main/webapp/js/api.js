// The mailbox's REST interface. Each call either returns what it asked for or throws a Problem that a person can read.

const BASE = 'api/';
// that a page of this origin asks: the server takes no change without it
const HEADERS = {'Accept': 'application/json', 'X-Requested-By': 'smtp-ra'};

/** An answer other than the one asked for. Status 0: there was none. */
export class Problem extends Error {
    constructor(status, text) {
        super(text);
        this.status = status;
    }
}

let whenLoggedOut = () => {};

/** Has a function called each time the server no longer knows who asks. */
export const onLoggedOut = listener => {
    whenLoggedOut = listener;
};

const path = (...parts) => parts.map(encodeURIComponent).join('/');

function query(values) {
    const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== '' && value !== false);
    return given.length === 0 ? '' : '?' + new URLSearchParams(given);
}

async function call(method, address, {body, signal, headers} = {}) {
    const options = {method, signal, headers: {...HEADERS, ...headers}, credentials: 'same-origin', cache: 'no-cache'};
    if (body !== undefined) {
        options.body = JSON.stringify(body);
        options.headers['Content-Type'] = 'application/json';
    }
    let answer;
    try {
        answer = await fetch(BASE + address, options);
    } catch (failure) {
        if (failure.name === 'AbortError') {
            throw failure;
        }
        throw new Problem(0, 'The server does not answer.');
    }
    const type = answer.headers.get('Content-Type') ?? '';
    // a server that sends the log-in page in place of an answer says 200 to that
    if (answer.status === 401 || (answer.ok && type.startsWith('text/html'))) {
        whenLoggedOut();
        throw new Problem(401, 'You are no longer logged in.');
    }
    if (!answer.ok) {
        throw await problem(answer, type);
    }
    return answer;
}

async function problem(answer, type) {
    let text = `The server says ${answer.status} ${answer.statusText}`;
    if (type.includes('json')) {
        const told = await answer.json().catch(() => ({}));
        text = told.detail ?? told.title ?? text;
    }
    return new Problem(answer.status, text);
}

async function json(method, address, options) {
    const answer = await call(method, address, options);
    return answer.status === 204 ? {} : answer.json();
}

export const session = () => json('GET', 'session');
export const logOut = () => call('DELETE', 'session');

/** A page of the list, newest first. */
export const list = (filter, after, limit, signal) => json('GET', 'mails' + query({...filter, after, limit}), {signal});
export const mail = (id, signal) => json('GET', path('mails', id), {signal});
export const remove = id => call('DELETE', path('mails', id));
export const setRead = (id, read) => call('PUT', path('mails', id, 'read'), {body: {read}});
export const answer = (id, text, all) => json('POST', path('mails', id, 'answer'), {body: {text, all}});
export const forward = (id, to, text) => json('POST', path('mails', id, 'forward'), {body: {to, text}});
export const resend = (id, to) => json('POST', path('mails', id, 'resend'), {body: {to}});

/** The first octets of a mail or of a part, as text. */
export const source = async (id, signal) => (await call('GET', path('mails', id, 'source'), {signal})).text();
export const partText = async (id, part, octets) => {
    const headers = {Accept: '*/*', Range: `bytes=0-${octets - 1}`};
    return decoded(await call('GET', path('mails', id, 'parts', part), {headers}));
};

/** The text of an answer by the charset that it names, which a mail's part may have any of. */
async function decoded(answer) {
    const named = answer.headers.get('Content-Type')?.match(/charset="?([^";]+)/i)?.[1] ?? 'utf-8';
    const octets = await answer.arrayBuffer();
    try {
        return new TextDecoder(named).decode(octets);
    } catch {
        return new TextDecoder().decode(octets);
    }
}

export const rawAddress = id => BASE + path('mails', id, 'raw');
export const partAddress = (id, part) => BASE + path('mails', id, 'parts', part);
export const imageAddress = (id, part) => BASE + path('mails', id, 'parts', part, 'image');
export const htmlAddress = (id, images) => BASE + path('mails', id, 'html') + query({images});
export const eventsAddress = BASE + 'events';

export const queue = (state, limit, signal) => json('GET', 'queue' + query({state, limit}), {signal});
export const retry = id => call('POST', path('queue', id, 'retry'));
export const cancel = id => call('POST', path('queue', id, 'cancel'));
