// Single keys that do something, unless the user is writing, a dialog is open, or the keys are switched off.

import {byId} from './dom.js';

const SWITCH = 'mailbox.keys';

let on = true;
try {
    on = localStorage.getItem(SWITCH) !== 'off';
} catch {
    // a browser that stores nothing: they are on
}

/** @param actions for each key, as KeyboardEvent calls it, what it does */
export function listenToKeys(actions) {
    const check = byId('keys-on');
    check.checked = on;
    check.addEventListener('change', () => {
        on = check.checked;
        try {
            localStorage.setItem(SWITCH, on ? 'on' : 'off');
        } catch {
            // holds until the page is left
        }
    });
    document.addEventListener('keydown', event => {
        const typing = event.target.closest?.('input:not([type=checkbox]), textarea, select');
        const combined = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
        const action = actions[event.key];
        if (!action || combined || document.querySelector('dialog[open]')
            || (event.key !== 'Escape' && (typing || !on && event.key.length === 1))) {
            return;
        }
        // Enter on what can be pressed presses it
        if (event.key === 'Enter' && event.target.closest?.('a, button, summary')) {
            return;
        }
        event.preventDefault();
        action(event);
    });
}
