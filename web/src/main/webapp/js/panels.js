// The panels of a mail: text, HTML, headers, source, route. Each fills a box; a signal ends what it still fetches.

import * as api from './api.js';
import {element, foreign, withLinks} from './dom.js';
import {counted, fullTime, size} from './format.js';

const SOURCE_SHOWN = 1 << 20;
/** Characters of text that the server gives, at most. */
const TEXT_SHOWN = 1 << 20;

export const panels = [
    {name: 'text', title: 'Text', has: () => true, fill: fillText},
    {name: 'html', title: 'HTML', has: mail => mail.html, fill: fillHtml},
    {name: 'headers', title: 'Headers', has: () => true, fill: fillHeaders},
    {name: 'source', title: 'Source', has: () => true, fill: fillSource},
    {name: 'route', title: 'Route', has: () => true, fill: fillRoute},
];

function fillText(box, mail) {
    if ((mail.text ?? '').length >= TEXT_SHOWN) {
        box.append(element('p', {class: 'muted'}, 'The beginning of a long text. Save the mail to see the rest.'));
    }
    box.append(mail.text
        ? element('pre', {class: 'text'}, withLinks(mail.text))
        : element('p', {class: 'muted'}, mail.html ? 'It has no text: look at its HTML.' : 'It has no text.'));
}

/**
 * The HTML of a stranger, in a document of its own that has no origin, runs no script and fetches nothing: its frame
 * and the server's Content-Security-Policy each see to it. A click on a link opens a tab.
 */
function fillHtml(box, mail) {
    const frame = images => element('iframe', {src: api.htmlAddress(mail.id, images), title: 'The mail as HTML',
        sandbox: 'allow-popups allow-popups-to-escape-sandbox', referrerpolicy: 'no-referrer'});
    const load = element('button', {type: 'button', class: 'quiet', click: () => {
        box.lastChild.replaceWith(frame(true));
        load.replaceWith('Its images come from wherever the sender wants: he can see that they were fetched.');
    }}, 'Load images from elsewhere');
    box.classList.add('framed');
    box.append(element('div', {class: 'frame-head'}, 'Nothing in it runs, nothing is fetched from elsewhere.', load),
        frame(false));
}

function fillHeaders(box, mail) {
    const rows = mail.headers.map(header => element('tr', {},
        element('th', {scope: 'row'}, foreign(header.name)), element('td', {}, foreign(header.value))));
    box.append(element('table', {'aria-label': 'Headers'}, element('tbody', {}, ...rows)));
}

async function fillSource(box, mail, signal) {
    const text = element('pre', {}, 'Loading …');
    box.append(text);
    if (mail.size > SOURCE_SHOWN) {
        const shown = `The first ${size(SOURCE_SHOWN)} of ${size(mail.size)}. Save it to see the rest.`;
        box.prepend(element('p', {class: 'muted'}, shown));
    }
    try {
        text.textContent = await api.source(mail.id, signal);
    } catch (problem) {
        if (problem.name !== 'AbortError') {
            text.textContent = problem.message;
        }
    }
}

function fillRoute(box, mail) {
    if (mail.hops.length === 0) {
        box.append(element('p', {class: 'muted'}, 'No host has written down that it had this mail.'));
        return;
    }
    box.append(element('p', {class: 'muted'},
        `${counted(mail.hops.length, 'host has', 'hosts have')} written down that they had it, the last one first. `
            + 'All but the first line is what others say.'));
    box.append(element('ol', {class: 'hops'}, ...mail.hops.map(hopOf)));
}

function hopOf(hop) {
    const tls = hop.tls === 'yes' ? 'TLS' : hop.tls || 'no TLS told';
    return element('li', {},
        element('p', {}, 'from ', foreign(hop.from || 'nowhere'), ' to ', foreign(hop.by || 'nowhere'), ' ',
            element('span', {class: `mark ${hop.tls ? 'safe' : 'plain'}`}, foreign(tls))),
        element('p', {class: 'muted'}, hop.with && foreign(`with ${hop.with}, `), fullTime(hop.date)));
}
