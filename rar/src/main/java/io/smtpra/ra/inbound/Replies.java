package io.smtpra.ra.inbound;

import io.smtpra.MailRejectedException;
import io.smtpra.Reply;
import java.util.Optional;
import java.util.stream.Stream;

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

    /** A chain of causes may be a circle. */
    private static final int MAX_CAUSES = 50;

    private Replies() {}

    /** What a failure says to the sender: the bean's own words if it refused, else to try again. */
    static Reply of(Throwable failure) {
        return rejection(failure)
                .map(MailRejectedException::reply)
                .orElseGet(() -> isUnavailable(failure) ? STOPPED : isExhausted(failure) ? BUSY : FAILED);
    }

    /** Whether the container says that its pool of beans had no instance in time: WildFly's code for it. */
    static boolean isExhausted(Throwable failure) {
        return causes(failure).anyMatch(cause -> String.valueOf(cause.getMessage()).contains("WFLYEJB0378"));
    }

    /** Whether the container says that the bean is stopped or stops: WildFly tells the adapter so only afterwards. */
    static boolean isUnavailable(Throwable failure) {
        return failure != null && failure.getClass().getSimpleName().equals("EJBComponentUnavailableException");
    }

    /** The refusal in a chain of causes: containers wrap what a bean throws. */
    static Optional<MailRejectedException> rejection(Throwable failure) {
        return causes(failure)
                .filter(MailRejectedException.class::isInstance)
                .map(MailRejectedException.class::cast)
                .filter(rejected -> rejected.reply() != null)
                .findFirst();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(MAX_CAUSES);
    }
}
