package io.smtpra.ra.inbound.routing;

import io.smtpra.MailRejectedException;
import io.smtpra.Reply;
import java.util.Optional;
import java.util.stream.Stream;

/** The replies that deliveries come to. */
public final class BeanReplies {

    /** Nobody takes this recipient: the adapter is never an open relay. */
    public static final Reply RELAYING_DENIED = Reply.of(550, "5.7.1", "Relaying denied");
    /** The bean failed, or its transaction rolled back. */
    public static final Reply FAILED = Reply.of(451, "4.3.0", "Mail could not be processed, try again later");
    /** The bean took too long. */
    public static final Reply TOO_SLOW = Reply.of(451, "4.3.0", "Mail could not be processed in time, try again later");
    /** The bean has been stopped or undeployed, or the adapter stops. */
    public static final Reply STOPPED = Reply.of(451, "4.3.2", "Recipient is not available, try again later");
    /** No permit, no thread. */
    public static final Reply BUSY = Reply.of(451, "4.3.2", "Too busy, try again later");

    /** A chain of causes may be a circle. */
    private static final int MAX_CAUSES = 50;

    private BeanReplies() {}

    /** What a failure says to the sender: the bean's own words if it refused, else to try again. */
    public static Reply of(Throwable failure) {
        return rejection(failure)
                .map(MailRejectedException::reply)
                .orElseGet(() -> isUnavailable(failure) ? STOPPED : isExhausted(failure) ? BUSY : FAILED);
    }

    /** Whether the container says that its pool of beans had no instance in time: WildFly's code for it. */
    public static boolean isExhausted(Throwable failure) {
        return causes(failure).anyMatch(cause -> String.valueOf(cause.getMessage()).contains("WFLYEJB0378"));
    }

    /** Whether the container says that the bean is stopped or stops: WildFly tells the adapter so only afterwards. */
    public static boolean isUnavailable(Throwable failure) {
        return failure != null && failure.getClass().getSimpleName().equals("EJBComponentUnavailableException");
    }

    /** The refusal in a chain of causes: containers wrap what a bean throws. */
    public static Optional<MailRejectedException> rejection(Throwable failure) {
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
