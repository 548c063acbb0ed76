package io.smtpra.ra.message;

import java.io.IOException;

/** A place for mails that wait for their transaction. */
public interface HeldMailStore {

    /**
     * The store, open as long as whoever lends it.
     *
     * @return the same store at each call
     * @throws IOException if it cannot be used; the message names the directory
     */
    ContentStore heldMails() throws IOException;
}
