package io.smtpra.ra.inbound.routing;

import io.smtpra.DirectoryAnswer;
import io.smtpra.ListenerKind;
import io.smtpra.MailListener;
import io.smtpra.Mailbox;
import io.smtpra.Peer;
import io.smtpra.QueueAnswer;
import io.smtpra.Reply;
import io.smtpra.ra.inbound.smtp.command.Directory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets the beans answer {@code VRFY}, {@code EXPN} and {@code ETRN}. A question about a mailbox goes to the bean that
 * takes its mail; one that names no domain goes to all beans in turn, until one knows.
 */
public final class BeanDirectory implements Directory {

    /** A mailbox, perhaps behind a name and in angle brackets. */
    private static final Pattern MAILBOX = Pattern.compile("(?:.*<)?([^<>]+@[^<>]+?)>?");
    /** RFC 1985 section 5.3: a host, or @ and a domain for all hosts below it. */
    private static final Pattern NODE = Pattern.compile("@?([^@#]+)");

    private final ActivationRegistry registry;
    private final BeanQuestions questions;

    /**
     * What is known after some beans have been asked.
     *
     * @param failed whether one of them could not say
     */
    private record Known(Reply reply, boolean failed) {

        /** Whoever knows is right; else, that somebody could not say is more than that somebody does not know. */
        Known or(Known next) {
            return next.reply().isPositive() || !failed ? next : this;
        }
    }

    /** A question to one bean. */
    private interface Asked {
        Reply answer(MailListener bean) throws Exception;
    }

    public BeanDirectory(ActivationRegistry registry, BeanQuestions questions) {
        this.registry = registry;
        this.questions = questions;
    }

    @Override
    public CompletionStage<Reply> verify(Peer peer, String query) {
        return ask(beans(peer, mailbox(query)), DirectoryAnswer.unknown().reply(), Function.identity(),
                bean -> bean.onVerify(query, peer).reply());
    }

    @Override
    public CompletionStage<Reply> expand(Peer peer, String query) {
        return ask(beans(peer, mailbox(query)), DirectoryAnswer.unknown().reply(), Function.identity(),
                bean -> bean.onExpand(query, peer).reply());
    }

    @Override
    public CompletionStage<Reply> startQueue(Peer peer, String query) {
        Matcher node = NODE.matcher(query);
        Optional<Mailbox> postmaster = node.matches() ? parsed("postmaster@" + node.group(1)) : Optional.empty();
        // RFC 1985 section 5.2: what goes wrong here is 458.
        return ask(beans(peer, postmaster), QueueAnswer.notAllowed().reply(), failure -> QueueAnswer.later().reply(),
                bean -> bean.onQueueRequest(query, peer).reply());
    }

    /** Asks the beans in turn, until one knows; none of them may take the time of the others. */
    private CompletionStage<Reply> ask(
            List<Activation> beans, Reply nobody, Function<Reply, Reply> refusal, Asked question) {
        CompletionStage<Known> known = CompletableFuture.completedFuture(new Known(nobody, false));
        for (Activation bean : beans) {
            Duration time = BeanQuestions.TIME.dividedBy(beans.size());
            known = known.thenCompose(before -> before.reply().isPositive()
                    ? CompletableFuture.completedFuture(before)
                    : questions.ask(bean, asked -> new Known(question.answer(asked), false),
                            failure -> new Known(refusal.apply(failure), true), time).thenApply(before::or));
        }
        return known.thenApply(Known::reply);
    }

    private List<Activation> beans(Peer peer, Optional<Mailbox> mailbox) {
        ListenerKind listener = peer.listener();
        return mailbox
                .map(known -> registry.table().taker(listener, known).stream().toList())
                .orElseGet(() -> registry.table().takers(listener));
    }

    private static Optional<Mailbox> mailbox(String query) {
        Matcher mailbox = MAILBOX.matcher(query);
        return mailbox.matches() ? parsed(mailbox.group(1)) : Optional.empty();
    }

    private static Optional<Mailbox> parsed(String text) {
        try {
            return Optional.of(Mailbox.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
