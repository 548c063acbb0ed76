package io.smtpra.ra.inbound.routing;

import io.smtpra.DirectoryAnswer;
import io.smtpra.ListenerKind;
import io.smtpra.MailListener;
import io.smtpra.Mailbox;
import io.smtpra.Peer;
import io.smtpra.QueueAnswer;
import io.smtpra.Reply;
import io.smtpra.ra.inbound.smtp.command.Directory;
import java.util.List;
import java.util.Optional;
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

    private CompletionStage<Reply> ask(
            List<Activation> beans, Reply nobody, Function<Reply, Reply> refusal, Asked question) {
        return questions.ask(() -> firstAnswer(beans, nobody, question), refusal);
    }

    private static Reply firstAnswer(List<Activation> beans, Reply nobody, Asked question) throws Exception {
        Reply last = nobody;
        for (Activation bean : beans) {
            last = BeanQuestions.ask(bean, question::answer);
            if (last.isPositive()) {
                return last;
            }
        }
        return last;
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
