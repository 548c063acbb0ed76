package io.smtpra.ra.inbound.mail;

import io.smtpra.mail.DeliveryReport;
import io.smtpra.mail.DeliveryReport.RecipientReport;
import io.smtpra.mail.MailAddress;
import io.smtpra.mail.MailPart;
import io.smtpra.mail.MailView;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A mail as plain text: what {@link MailView} gives, a line each. */
final class SeenMail {

    private final StringBuilder text = new StringBuilder();

    private SeenMail() {}

    static String of(MailView mail) throws IOException {
        SeenMail seen = new SeenMail();
        seen.header(mail);
        seen.content(mail, "");
        return seen.text.toString();
    }

    private void header(MailView mail) {
        line("subject", mail.subject());
        line("from", mail.from().map(MailAddress::toString).orElse(""));
        line("reply-to", addresses(mail.replyTo()));
        line("to", addresses(mail.to()));
        line("cc", addresses(mail.cc()));
        line("date", mail.date().map(Object::toString).orElse(""));
        line("message-id", mail.messageId().orElse(""));
        line("in-reply-to", mail.inReplyTo().orElse(""));
        line("references", String.join(" ", mail.references()));
    }

    private void content(MailView mail, String indent) throws IOException {
        block(indent + "text", mail.text());
        block(indent + "html", mail.html());
        for (MailPart part : mail.inlineParts()) {
            part(indent + "inline", part);
        }
        for (MailPart part : mail.attachments()) {
            part(indent + "attachment", part);
            if (part.message().isPresent()) {
                line(indent + "  subject", part.message().get().subject());
                line(indent + "  from", part.message().get().from().map(MailAddress::toString).orElse(""));
                content(part.message().get(), indent + "  ");
            }
        }
        Optional<DeliveryReport> report = mail.deliveryReport();
        if (report.isPresent()) {
            report(report.get());
        }
    }

    private void part(String what, MailPart part) throws IOException {
        try (InputStream in = part.open()) {
            String octets = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            line(what, part.contentType() + " | " + part.fileName() + " | "
                    + part.contentId().map(id -> "cid " + id + " | ").orElse("")
                    + part.size() + " octets: " + escaped(octets.substring(0, Math.min(60, octets.length()))));
        }
    }

    private void report(DeliveryReport report) {
        line("report", report.reportingServer() + " | envelope id " + report.originalEnvelopeId().orElse("-")
                + " | " + report.arrivalDate().map(Object::toString).orElse("-")
                + " | of " + report.original().flatMap(MailView::messageId).orElse("-"));
        for (RecipientReport recipient : report.recipients()) {
            line("  recipient", recipient.finalRecipient()
                    + " | " + recipient.originalRecipient().orElse("-")
                    + " | " + recipient.action().map(Enum::name).orElse("-")
                    + " | " + recipient.status().map(Object::toString).orElse("-")
                    + " | " + recipient.diagnostic().orElse("-")
                    + " | " + recipient.remoteServer().orElse("-")
                    + " | " + recipient.willRetryUntil().map(Object::toString).orElse("-"));
        }
    }

    private void line(String name, String value) {
        if (!value.isEmpty()) {
            text.append(name).append(": ").append(value).append('\n');
        }
    }

    private void block(String name, Optional<String> value) {
        if (value.isPresent()) {
            text.append(name).append(":\n");
            value.get().lines().forEach(line -> text.append("> ").append(escaped(line)).append('\n'));
        }
    }

    private static String addresses(List<MailAddress> addresses) {
        return addresses.stream().map(MailAddress::toString).collect(Collectors.joining(" | "));
    }

    private static String escaped(String text) {
        StringBuilder visible = new StringBuilder();
        text.chars().forEach(c -> visible.append(c == '\r' ? "\\r" : c == '\n' ? "\\n"
                : c < ' ' || c == 127 ? "\\x%02x".formatted(c) : String.valueOf((char) c)));
        return visible.toString();
    }
}
