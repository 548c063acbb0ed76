package io.smtpra;

/**
 * Marks a hook that never waits for anything: no look-up, no database, no lock that is held for long. It is called on
 * the thread that serves its connection and many others, which spares it the way to another thread. All other hooks are
 * called on the server's threads, within {@code hookTimeout}.
 */
public interface NonBlocking {}
