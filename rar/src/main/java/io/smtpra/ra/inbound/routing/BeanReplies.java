package io.smtpra.ra.inbound.routing;

import io.smtpra.EnhancedStatusCode;
import io.smtpra.MailRejectedException;
import io.smtpra.Reply;
import io.smtpra.SmtpException;
import io.smtpra.ra.server.EndpointFailures;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a sender hears of a bean: of its absence, its failure, its refusal. */
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
                .or(() -> refusedOnward(failure))
                .orElseGet(() -> EndpointFailures.isStopped(failure)
                        ? STOPPED : EndpointFailures.isPoolExhausted(failure) ? BUSY : FAILED);
    }

    /**
     * What the sender hears if the bean sent mail itself, in its transaction, and the next hop refused that for good:
     * asked to try again, the sender would only double what went to others, and hear the same at last.
     */
    public static Optional<Reply> refusedOnward(Throwable failure) {
        return withSuppressed(failure).stream()
                .filter(SmtpException.class::isInstance)
                .map(SmtpException.class::cast)
                .filter(refusal -> !refusal.isRetryable())
                .flatMap(refusal -> refusal.reply().stream())
                .filter(Reply::isPermanent)
                .findFirst()
                .map(reply -> new Reply(554, Optional.of(reply.enhancedStatusCode()
                        .filter(status -> status.statusClass() == 5).orElse(new EnhancedStatusCode(5, 0, 0))),
                        List.of("Mail could not be sent on: the next hop has refused it")));
    }

    /** The refusal in a chain of causes: containers wrap what a bean throws. */
    public static Optional<MailRejectedException> rejection(Throwable failure) {
        return EndpointFailures.causes(failure)
                .filter(MailRejectedException.class::isInstance)
                .map(MailRejectedException.class::cast)
                .filter(rejected -> rejected.reply() != null)
                .findFirst();
    }

    /** Transaction managers add what a resource has failed with to the exception of the commit. */
    private static Set<Throwable> withSuppressed(Throwable failure) {
        Set<Throwable> found = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> open = new ArrayDeque<>();
        Optional.ofNullable(failure).ifPresent(open::add);
        while (!open.isEmpty() && found.size() < MAX_CAUSES) {
            Throwable next = open.remove();
            if (found.add(next)) {
                Optional.ofNullable(next.getCause()).ifPresent(open::add);
                open.addAll(List.of(next.getSuppressed()));
            }
        }
        return found;
    }
}
