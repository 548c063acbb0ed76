package io.smtpra.ejb;

import io.smtpra.InboundMail;
import io.smtpra.Mailbox;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is answered automatically, to whom, and how (RFC 3834).
 *
 * @param from the address that answers
 * @param to where the answers go; absent for the sender of the mail
 */
record ReplyRules(Mailbox from, Optional<Mailbox> to) {

    private static final Set<String> BULK = Set.of("bulk", "list", "junk");

    static Optional<ReplyRules> fromSystemProperties() {
        Optional<Mailbox> to = mailbox("smtpra.autoreply.to");
        return mailbox("smtpra.autoreply.from").map(from -> new ReplyRules(from, to));
    }

    /** To whom the answer to a mail goes; absent if it must not be answered. */
    Optional<Mailbox> recipientFor(InboundMail mail) throws MessagingException {
        Optional<Mailbox> sender = mail.envelope().reversePath();
        boolean forUs = mail.envelope().recipients().stream().anyMatch(r -> same(r.mailbox(), from));
        // RFC 3834 section 2: never to the null reverse-path, to lists, to programs, or to ourselves
        if (!forUs || sender.isEmpty() || isProgram(sender.get()) || same(sender.get(), from)
                || isAutomatic(mail.message())) {
            return Optional.empty();
        }
        return to.isPresent() ? to : sender;
    }

    MimeMessage replyTo(MimeMessage original, Mailbox recipient) throws MessagingException {
        MimeMessage reply = new MimeMessage(Session.getInstance(new Properties()));
        String subject = Optional.ofNullable(original.getSubject()).orElse("");
        reply.setFrom(new InternetAddress(from.toString()));
        reply.setRecipient(Message.RecipientType.TO, new InternetAddress(recipient.toString()));
        reply.setSubject("Auto: " + subject, "UTF-8");
        reply.setSentDate(Date.from(Instant.now()));
        reply.setHeader("Auto-Submitted", "auto-replied");
        if (original.getMessageID() != null) {
            reply.setHeader("In-Reply-To", original.getMessageID());
            reply.setHeader("References", original.getMessageID());
        }
        reply.setText("Your mail has arrived and is stored. This answer was written by a program.\r\n", "UTF-8");
        reply.saveChanges();
        return reply;
    }

    private static boolean isAutomatic(MimeMessage message) throws MessagingException {
        String submitted = header(message, "Auto-Submitted");
        return !(submitted.isEmpty() || submitted.equals("no"))
                || BULK.contains(header(message, "Precedence"))
                || message.getHeader("List-Id") != null;
    }

    private static boolean isProgram(Mailbox sender) {
        String name = sender.localPart().toLowerCase(Locale.ROOT);
        return name.equals("mailer-daemon") || name.startsWith("owner-") || name.endsWith("-request");
    }

    private static String header(MimeMessage message, String name) throws MessagingException {
        return Optional.ofNullable(message.getHeader(name, null)).orElse("").split(";")[0].trim()
                .toLowerCase(Locale.ROOT);
    }

    private static boolean same(Mailbox one, Mailbox other) {
        return one.localPart().equalsIgnoreCase(other.localPart()) && one.asciiDomain().equals(other.asciiDomain());
    }

    private static Optional<Mailbox> mailbox(String property) {
        return Stream.of(System.getProperty(property, "").trim()).filter(text -> !text.isEmpty()).map(Mailbox::parse)
                .findAny();
    }
}
