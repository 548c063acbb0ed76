// Makes elements. What others have written gets into the page as text alone, never as markup: nothing here parses HTML.

export const byId = id => document.getElementById(id);

/** An element with attributes (a function is a listener, false is none) and children, elements or text. */
export function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
        if (typeof value === 'function') {
            made.addEventListener(key, value);
        } else if (value !== undefined && value !== null && value !== false) {
            made.setAttribute(key, value === true ? '' : value);
        }
    }
    made.append(...children.filter(child => child !== undefined && child !== null && child !== false));
    return made;
}

/** Text of a stranger: characters that change the direction of writing do not reach out of it. */
export const foreign = text => element('bdi', {}, text ?? '');

const URL_IN_TEXT = /https?:\/\/[^\s<>"'`]+/gi;
const LONGEST_URL = 2000;

/** The text as nodes: addresses of the web become links, lines that quote another mail are marked. */
export function withLinks(text) {
    const nodes = document.createDocumentFragment();
    let plain = '';
    const flush = () => {
        nodes.append(plain);
        plain = '';
    };
    for (const line of text.split(/(?<=\n)/)) {
        if (line.startsWith('>')) {
            flush();
            nodes.append(element('span', {class: 'quote'}, line));
        } else if (line.includes('://')) {
            flush();
            appendLinks(nodes, line);
        } else {
            plain += line;
        }
    }
    flush();
    return nodes;
}

function appendLinks(nodes, line) {
    let end = 0;
    for (const match of line.matchAll(URL_IN_TEXT)) {
        const address = match[0].replace(/[.,;:!?)\]}*]+$/, '');
        if (address.length > LONGEST_URL || !URL.canParse(address)) {
            continue;
        }
        nodes.append(line.slice(end, match.index),
            element('a', {href: address, target: '_blank', rel: 'noopener noreferrer'}, address));
        end = match.index + address.length;
    }
    nodes.append(line.slice(end));
}

let silence;

/** Says a thing in the corner, and to who cannot see it. */
export function say(...what) {
    clearTimeout(silence);
    byId('said').replaceChildren(...what);
    silence = setTimeout(() => byId('said').replaceChildren(), 8000);
}

/** Asks whether to do what cannot be taken back. */
export function confirmed(title, text, yes) {
    const dialog = byId('confirm');
    byId('confirm-title').textContent = title;
    byId('confirm-text').textContent = text;
    byId('confirm-yes').textContent = yes;
    dialog.returnValue = '';
    dialog.showModal();
    return new Promise(resolve =>
        dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), {once: true}));
}
