package io.smtpra.mailer;

import io.smtpra.Mailbox;
import io.smtpra.mail.MailAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The header of a mail, but for what describes its body. */
record OutgoingHeader(
        MailAddress from,
        List<MailAddress> replyTo,
        List<MailAddress> to,
        List<MailAddress> cc,
        List<MailAddress> bcc,
        String subject,
        Instant date,
        String messageId,
        Optional<String> inReplyTo,
        List<String> references,
        List<Map.Entry<String, String>> others) {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US).withZone(ZoneOffset.UTC);

    OutgoingHeader {
        replyTo = List.copyOf(replyTo);
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
        references = List.copyOf(references);
        others = List.copyOf(others);
    }

    /** The fields, each with its line end. */
    byte[] octets() {
        HeaderWriter fields = new HeaderWriter()
                .words("Date", List.of(DATE.format(date)))
                .addresses("From", List.of(from))
                .addresses("Reply-To", replyTo)
                .addresses("To", to)
                .addresses("Cc", cc);
        if (to.isEmpty() && cc.isEmpty()) {
            // a mail to nobody by name (RFC 5322 appendix A.1.3); some servers take one without To for spam
            fields.words("To", List.of("undisclosed-recipients:;"));
        }
        if (!subject.isEmpty()) {
            fields.text("Subject", subject);
        }
        fields.words("Message-ID", List.of(messageId));
        inReplyTo.ifPresent(id -> fields.words("In-Reply-To", List.of(id)));
        if (!references.isEmpty()) {
            fields.words("References", references);
        }
        others.forEach(field -> fields.text(field.getKey(), field.getValue()));
        return fields.words("MIME-Version", List.of("1.0")).octets();
    }

    /** The field that does not leave, without its last line end. */
    String bccLine() {
        String line = new String(new HeaderWriter().addresses("Bcc", bcc).octets(), StandardCharsets.UTF_8);
        return line.substring(0, line.length() - 2);
    }

    /** Whether an address that it names is outside ASCII, before its at sign. */
    boolean needsSmtpUtf8() {
        return Stream.of(List.of(from), replyTo, to, cc).flatMap(List::stream)
                .anyMatch(address -> address.mailbox().filter(Mailbox::needsSmtpUtf8).isPresent());
    }
}
