package io.smtpra.ra.inbound.users;

import io.smtpra.ra.inbound.work.ServerWork;
import java.util.Optional;
import java.util.function.Consumer;

/** Something that the server is asked about a user, on one of its threads. */
interface ServerCheck {

    /** Whether somebody still waits for it. */
    boolean isWanted();

    /** Tells that the server could not be asked. */
    void giveUp();

    /** The work that asks. */
    ServerWork work(Consumer<Optional<Exception>> afterwards);
}
