package io.smtpra.ra.outbound;

import io.smtpra.Envelope;
import io.smtpra.Mailbox;
import io.smtpra.RecipientOutcome;
import io.smtpra.SmtpException;
import io.smtpra.TlsFacts;
import io.smtpra.ra.outbound.client.SendResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each sending: id, next hop, encryption wanted and reached, envelope, size, reply, time. */
final class SendLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.smtpra.ra.mail");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");
    private static final int MAX_RECIPIENTS = 10;
    private static final int MAX_TEXT = 512;

    private final OutboundConfig config;

    SendLog(OutboundConfig config) {
        this.config = config;
    }

    void sent(String id, Envelope envelope, SendResult result) {
        if (LOG.isInfoEnabled()) {
            LOG.info("{} to {} {} (wanted: {}): {}, {} octets, {}{} in {} ms", id, config.nextHop(),
                    reached(result.tls()), wanted(), path(envelope), result.size(), clean(result.reply().toString()),
                    refused(result.recipients()), result.duration().toMillis());
        }
    }

    void failed(String id, Envelope envelope, long nanos, SmtpException e) {
        LOG.warn("{} to {} (TLS wanted: {}): {}, not sent in {} ms, phase {}, {}: {}", id, config.nextHop(),
                wanted(), path(envelope), TimeUnit.NANOSECONDS.toMillis(nanos), e.phase(),
                e.isRetryable() ? "may succeed later" : "for good", clean(e.getMessage()));
    }

    /** A mail that is out although its transaction rolls back: somebody may have to know. */
    void outInSpite(String id) {
        LOG.warn("{} was accepted by {} before its transaction rolled back; it may go out once more", id,
                config.nextHop());
    }

    private String wanted() {
        return config.client().tls().name().toLowerCase(Locale.ROOT);
    }

    private static String reached(Optional<TlsFacts> facts) {
        return facts.map(tls -> "over " + tls.protocol() + " " + tls.cipherSuite() + " "
                        + (tls.peerVerified() ? "checked" : "unchecked"))
                .orElse("in plain text");
    }

    private static String path(Envelope envelope) {
        String recipients = envelope.recipients().stream()
                .limit(MAX_RECIPIENTS)
                .map(recipient -> "<" + recipient.mailbox() + ">")
                .collect(Collectors.joining(" "));
        return "<" + envelope.reversePath().map(Mailbox::toString).orElse("") + "> to " + recipients
                + more(envelope.recipients().size());
    }

    private static String refused(List<RecipientOutcome> outcomes) {
        List<RecipientOutcome> refused = outcomes.stream().filter(outcome -> !outcome.isAccepted()).toList();
        return refused.isEmpty() ? "" : refused.stream()
                .limit(MAX_RECIPIENTS)
                .map(outcome -> "<" + outcome.recipient() + "> " + clean(outcome.reply().toString()))
                .collect(Collectors.joining(", ", ", refused ", more(refused.size())));
    }

    private static String more(int recipients) {
        return recipients > MAX_RECIPIENTS ? " and " + (recipients - MAX_RECIPIENTS) + " more" : "";
    }

    private static String clean(String text) {
        String cut = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
        return UNPRINTABLE.matcher(cut).replaceAll("?");
    }
}
