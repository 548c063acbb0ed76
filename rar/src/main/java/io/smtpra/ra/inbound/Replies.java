package io.smtpra.ra.inbound;

import io.smtpra.MailRejectedException;
import io.smtpra.Reply;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/** The replies that deliveries come to. */
final class Replies {

    /** Nobody takes this recipient: the adapter is never an open relay. */
    static final Reply RELAYING_DENIED = Reply.of(550, "5.7.1", "Relaying denied");
    /** The bean failed, or its transaction rolled back. */
    static final Reply FAILED = Reply.of(451, "4.3.0", "Mail could not be processed, try again later");
    /** The bean took too long. */
    static final Reply TOO_SLOW = Reply.of(451, "4.3.0", "Mail could not be processed in time, try again later");
    /** The bean has been stopped or undeployed, or the adapter stops. */
    static final Reply STOPPED = Reply.of(451, "4.3.2", "Recipient is not available, try again later");
    /** No permit, no thread. */
    static final Reply BUSY = Reply.of(451, "4.3.2", "Too busy, try again later");

    private Replies() {}

    /** What a failure says to the sender: the bean's own words if it refused, else to try again. */
    static Reply of(Throwable failure) {
        return rejection(failure)
                .map(MailRejectedException::reply)
                .orElseGet(() -> isUnavailable(failure) ? STOPPED : FAILED);
    }

    /** Whether the container says that the bean is stopped or stops: WildFly tells the adapter so only afterwards. */
    static boolean isUnavailable(Throwable failure) {
        return failure != null && failure.getClass().getSimpleName().equals("EJBComponentUnavailableException");
    }

    /** The refusal in a chain of causes: containers wrap what a bean throws. */
    static Optional<MailRejectedException> rejection(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (cause instanceof MailRejectedException rejected && rejected.reply() != null) {
                return Optional.of(rejected);
            }
        }
        return Optional.empty();
    }
}
