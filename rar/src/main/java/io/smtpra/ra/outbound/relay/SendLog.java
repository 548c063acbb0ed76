package io.smtpra.ra.outbound.relay;

import io.smtpra.Envelope;
import io.smtpra.Recipient;
import io.smtpra.RecipientOutcome;
import io.smtpra.SmtpException;
import io.smtpra.TlsFacts;
import io.smtpra.ra.client.ClientConfig;
import io.smtpra.ra.client.transfer.SendResult;
import io.smtpra.ra.log.OutboundMailMessages;
import io.smtpra.ra.outbound.form.OutgoingContent;
import io.smtpra.ra.telemetry.Statistic;
import io.smtpra.ra.telemetry.Telemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One line for each sending: id, next hop, encryption wanted and reached, envelope, size, reply, time. It counts too. */
final class SendLog {

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");
    private static final int MAX_RECIPIENTS = 10;
    private static final int MAX_TEXT = 512;

    private final Telemetry telemetry;
    private final SendEvents events;

    SendLog(Telemetry telemetry) {
        this.telemetry = telemetry;
        this.events = new SendEvents(telemetry.events());
    }

    /** By hand, for it is a good part of what a mail costs. */
    void sent(SendTrail trail, ClientConfig host, Envelope envelope, SendResult result) {
        telemetry.count(Statistic.OUTBOUND_SENT);
        telemetry.count(result.tls().isPresent() ? Statistic.OUTBOUND_TLS : Statistic.OUTBOUND_PLAIN);
        telemetry.add(Statistic.OUTBOUND_OCTETS, result.size());
        telemetry.sending(result.duration().toNanos());
        String hop = NextHop.name(host);
        telemetry.nextHops().count(hop + " sent");
        if (OutboundMailMessages.LOG.isInfoEnabled()) {
            StringBuilder line = new StringBuilder(256);
            reached(line, result.tls());
            line.append(" (wanted: ").append(wanted(host)).append("): ");
            path(line, envelope);
            line.append(", ").append(result.size()).append(" octets, ").append(clean(result.reply().toString()))
                    .append(refused(result.recipients()))
                    .append(" in ").append(result.duration().toMillis()).append(" ms").append(trail.text());
            OutboundMailMessages.LOG.sent(trail.id(), hop, line.toString());
        }
        events.sent(trail, hop, envelope, result);
    }

    void failed(SendTrail trail, NextHop hop, Envelope envelope, long nanos, SmtpException e) {
        telemetry.count(e.isRetryable() ? Statistic.OUTBOUND_DEFERRED : Statistic.OUTBOUND_REFUSED);
        telemetry.sending(nanos);
        telemetry.nextHops().count(hop.name() + (e.isRetryable() ? " deferred" : " refused"));
        StringBuilder path = new StringBuilder();
        path(path, envelope);
        String reason = clean(e.getMessage());
        OutboundMailMessages.LOG.notSent(trail.id(), hop.name(), wanted(hop.hosts().get(0)), path,
                TimeUnit.NANOSECONDS.toMillis(nanos), e.phase(), e.isRetryable() ? "may succeed later" : "for good",
                reason, trail.text());
        events.failed(trail, hop.name(), envelope, Duration.ofNanos(nanos), e, reason);
    }

    /** Counts whether a mail had its signature. */
    void signed(OutgoingContent.Signing signing) {
        switch (signing) {
            case OFF -> { }
            case SIGNED -> telemetry.count(Statistic.DKIM_SIGNED);
            case UNSIGNED -> telemetry.count(Statistic.DKIM_UNSIGNED);
            case FAILED -> telemetry.count(Statistic.DKIM_FAILED);
        }
    }

    /** A mail that is out although its transaction rolls back: somebody may have to know. */
    void outInSpite(String id, NextHop hop) {
        OutboundMailMessages.LOG.outInSpite(id, hop.name());
    }

    private static String wanted(ClientConfig host) {
        return host.tls().name().toLowerCase(Locale.ROOT);
    }

    private static void reached(StringBuilder line, Optional<TlsFacts> facts) {
        if (facts.isPresent()) {
            TlsFacts tls = facts.get();
            line.append("over ").append(tls.protocol()).append(' ').append(tls.cipherSuite())
                    .append(tls.peerVerified() ? " checked" : " unchecked");
        } else {
            line.append("in plain text");
        }
    }

    private static void path(StringBuilder line, Envelope envelope) {
        line.append('<');
        envelope.reversePath().ifPresent(sender -> line.append(clean(sender.toString())));
        line.append("> to");
        List<Recipient> recipients = envelope.recipients();
        for (int i = 0; i < Math.min(recipients.size(), MAX_RECIPIENTS); i++) {
            line.append(" <").append(clean(recipients.get(i).mailbox().toString())).append('>');
        }
        line.append(more(recipients.size()));
    }

    private static String refused(List<RecipientOutcome> outcomes) {
        List<RecipientOutcome> refused = new ArrayList<>(0);
        for (int i = 0; i < outcomes.size(); i++) {
            if (!outcomes.get(i).isAccepted()) {
                refused.add(outcomes.get(i));
            }
        }
        return refused.isEmpty() ? "" : refused.stream()
                .limit(MAX_RECIPIENTS)
                .map(outcome -> "<" + clean(outcome.recipient().toString()) + "> " + clean(outcome.reply().toString()))
                .collect(Collectors.joining(", ", ", refused ", more(refused.size())));
    }

    private static String more(int recipients) {
        return recipients > MAX_RECIPIENTS ? " and " + (recipients - MAX_RECIPIENTS) + " more" : "";
    }

    private static String clean(String text) {
        String cut = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
        return isPrintable(cut) ? cut : UNPRINTABLE.matcher(cut).replaceAll("?");
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }
}
