// Shows an attachment that is an image or text, in a dialog. Any other can be saved.

import * as api from './api.js';
import {byId, element, foreign} from './dom.js';
import {size} from './format.js';

const TEXT_SHOWN = 1 << 20;

export async function viewPart(id, part) {
    const content = byId('viewer-content');
    byId('viewer-title').replaceChildren(foreign(part.name || `part ${part.number}`));
    content.replaceChildren('Loading …');
    byId('viewer').showModal();
    if (part.type.toLowerCase().startsWith('image/')) {
        content.replaceChildren(element('img', {src: api.imageAddress(id, part.number), alt: part.name ?? '',
            error: () => content.replaceChildren('It is not an image that can be shown: save it.')}));
        return;
    }
    try {
        // of no octets there is no range
        const text = part.size > 0 ? await api.partText(id, part.number, TEXT_SHOWN) : '';
        content.replaceChildren(element('pre', {}, text));
        if (part.size > TEXT_SHOWN) {
            content.prepend(element('p', {class: 'muted'}, `The first ${size(TEXT_SHOWN)} of ${size(part.size)}.`));
        }
    } catch (problem) {
        content.replaceChildren(problem.message);
    }
}
