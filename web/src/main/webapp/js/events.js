// Hears from the server what happens to mails. A page that nobody sees lets go of its connection, for a browser has few
// of them for one server and a server has only so many as well; it then asks once a minute.

import {eventsAddress} from './api.js';
import {byId} from './dom.js';

const HIDDEN_ASKS_EVERY_MS = 60_000;
const TRIES_AGAIN_AFTER_MS = 5000;

export class Events {

    #source = null;
    #asking = null;
    #again = null;
    #missed = false;
    #on;

    /** @param on functions for what is heard: mail(entry), removed(id), changed(id), and missed() after a gap */
    constructor(on) {
        this.#on = on;
        document.addEventListener('visibilitychange', () => this.#visible());
        addEventListener('pagehide', () => this.stop());
        addEventListener('pageshow', event => event.persisted && this.#visible());
    }

    start() {
        this.#visible();
    }

    stop() {
        clearInterval(this.#asking);
        clearTimeout(this.#again);
        this.#source?.close();
        this.#source = null;
    }

    #visible() {
        this.stop();
        if (document.hidden) {
            this.#missed = true;
            this.#asking = setInterval(this.#on.missed, HIDDEN_ASKS_EVERY_MS);
        } else {
            this.#connect();
        }
    }

    #connect() {
        const source = new EventSource(eventsAddress);
        this.#source = source;
        source.addEventListener('open', () => {
            this.#tell('live', 'Live');
            if (this.#missed) {
                this.#missed = false;
                this.#on.missed();
            }
        });
        source.addEventListener('error', () => {
            this.#missed = true;
            this.#tell('away', 'No connection, trying again');
            if (source.readyState === EventSource.CLOSED && source === this.#source) {
                clearTimeout(this.#again);
                this.#again = setTimeout(() => this.#reconnect(), TRIES_AGAIN_AFTER_MS);
            }
        });
        source.addEventListener('mail', event => this.#on.mail(JSON.parse(event.data)));
        source.addEventListener('removed', event => this.#on.removed(JSON.parse(event.data).id));
        source.addEventListener('changed', event => this.#on.changed(JSON.parse(event.data).id));
    }

    /** After an answer that was none of events: whether the user is still known decides whether to go on. */
    async #reconnect() {
        if (await this.#on.stillThere()) {
            this.stop();
            this.#connect();
        } else {
            this.#again = setTimeout(() => this.#reconnect(), TRIES_AGAIN_AFTER_MS);
        }
    }

    #tell(state, text) {
        byId('live').dataset.state = state;
        byId('live').textContent = text;
    }
}
