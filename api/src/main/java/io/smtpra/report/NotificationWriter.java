package io.smtpra.report;

import io.smtpra.BodyType;
import io.smtpra.Envelope;
import io.smtpra.Mailbox;
import io.smtpra.OriginalRecipient;
import io.smtpra.Reply;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Writes a {@code multipart/report} (RFC 6522) of a text, the fields of RFC 3464, and what is brought back. */
final class NotificationWriter {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US).withZone(ZoneOffset.UTC);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final String server;
    private final boolean utf8;
    private final Instant now;
    private final String boundary = "=_" + UUID.randomUUID();
    private BodyType bodyType = BodyType.SEVEN_BIT;

    NotificationWriter(String server, boolean utf8, Instant now) {
        this.server = server;
        this.utf8 = utf8;
        this.now = now;
    }

    byte[] write(Envelope original, Mailbox sender, Optional<Instant> arrival, List<RecipientFate> told,
            ReturnedMail returned) {
        header(sender, told, returned);
        part("text/plain; charset=utf-8", NotificationText.of(server, told, returned.whole(), this::address));
        part(utf8 ? "message/global-delivery-status" : "message/delivery-status", fields(original, arrival, told));
        part(returnedType(returned), returned.octets(), !returned.isAscii());
        line("--" + boundary + "--");
        return out.toByteArray();
    }

    /** What octets it turned out to hold. */
    BodyType bodyType() {
        return bodyType;
    }

    private void header(Mailbox sender, List<RecipientFate> told, ReturnedMail returned) {
        line("Date: " + DATE.format(now));
        line("From: Mail Delivery System <MAILER-DAEMON@" + server + ">");
        line("To: <" + address(sender) + ">");
        line("Subject: " + NotificationText.subject(told));
        line("Message-ID: <" + UUID.randomUUID() + "@" + server + ">");
        returned.messageId().ifPresent(id -> {
            line("In-Reply-To: " + id);
            line("References: " + id);
        });
        // RFC 3834 section 5
        line("Auto-Submitted: auto-replied");
        line("MIME-Version: 1.0");
        line("Content-Type: multipart/report; report-type=delivery-status;");
        line("\tboundary=\"" + boundary + "\"");
        line("");
    }

    /** RFC 3464 section 2.2 and 2.3. */
    private String fields(Envelope original, Optional<Instant> arrival, List<RecipientFate> told) {
        StringBuilder fields = new StringBuilder();
        field(fields, "Reporting-MTA", "dns; " + server);
        original.envelopeId().ifPresent(id -> field(fields, "Original-Envelope-Id", id));
        arrival.ifPresent(instant -> field(fields, "Arrival-Date", DATE.format(instant)));
        for (RecipientFate fate : told) {
            fields.append("\r\n");
            fate.recipient().originalRecipient()
                    .ifPresent(address -> field(fields, "Original-Recipient", typed(address)));
            String recipient = address(fate.recipient().mailbox());
            field(fields, "Final-Recipient", (isAscii(recipient) ? "rfc822; " : "utf-8; ") + recipient);
            field(fields, "Action", fate.action().name().toLowerCase(Locale.ROOT));
            field(fields, "Status", fate.status());
            fate.nextHop().ifPresent(host -> field(fields, "Remote-MTA", "dns; " + host));
            fate.reply().ifPresent(reply -> field(fields, "Diagnostic-Code", "smtp; " + reply));
            if (fate.action() == Action.FAILED || fate.action() == Action.DELAYED) {
                field(fields, "Last-Attempt-Date", DATE.format(now));
            }
            fate.retryUntil().ifPresent(instant -> field(fields, "Will-Retry-Until", DATE.format(instant)));
        }
        return fields.toString();
    }

    private void field(StringBuilder fields, String name, String value) {
        fields.append(FieldText.of(name, value, utf8)).append("\r\n");
    }

    private String typed(OriginalRecipient original) {
        if (utf8 || isAscii(original.address())) {
            return original.addressType() + "; " + original.address();
        }
        // RFC 6533 section 3: utf-8-addr-xtext, in ASCII
        StringBuilder encoded = new StringBuilder("utf-8; ");
        original.address().codePoints().forEach(c -> {
            if (c > 32 && c < 127 && c != '+' && c != '=' && c != '\\') {
                encoded.append((char) c);
            } else {
                encoded.append(String.format(Locale.ROOT, "\\x{%X}", c));
            }
        });
        return encoded.toString();
    }

    private String address(Mailbox mailbox) {
        return (utf8 ? mailbox : mailbox.toAscii()).toString();
    }

    private String returnedType(ReturnedMail returned) {
        if (returned.whole()) {
            return utf8 ? "message/global" : "message/rfc822";
        }
        return utf8 ? "message/global-headers" : "text/rfc822-headers";
    }

    private void part(String type, String text) {
        part(type, text.getBytes(StandardCharsets.UTF_8), !isAscii(text));
    }

    private void part(String type, byte[] octets, boolean eightBit) {
        line("--" + boundary);
        line("Content-Type: " + type);
        if (eightBit) {
            bodyType = BodyType.EIGHT_BIT_MIME;
            line("Content-Transfer-Encoding: 8bit");
        }
        line("");
        out.writeBytes(octets);
        line("");
    }

    private void line(String text) {
        out.writeBytes((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }
}
