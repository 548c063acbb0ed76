package io.smtpra.ejb.mailbox;

import io.smtpra.BodyType;
import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.Mailbox;
import io.smtpra.ejb.store.MailAccess;
import io.smtpra.ejb.store.MailEntry;
import io.smtpra.ejb.store.SentMails.Kind;
import io.smtpra.mailer.Mail;
import io.smtpra.mailer.MailBuilder;
import io.smtpra.queue.MailQueue;
import io.smtpra.queue.MailQueueException;
import io.smtpra.queue.QueueOptions;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Sends stored mail on, through the outbound queue and in the caller's transaction. It comes from the address at
 * which the mail arrived for whoever sends it.
 */
@Stateless
public class MailSending {

    @Inject
    private MailQueue queue;

    @EJB
    private MailStore store;

    /**
     * Answers a mail.
     *
     * @param access who answers
     * @param mail that was found
     * @param text the answer, with what it quotes
     * @param all whether all others who have the mail get a copy
     * @return the id in the queue
     * @throws IOException if the mail cannot be read
     * @throws MailQueueException if it can never be sent, or cannot be queued
     */
    public long answer(MailAccess access, MailEntry mail, String text, boolean all)
            throws IOException, MailQueueException {
        KeptMail kept = new KeptMail(mail, store.content(mail));
        MailBuilder answer = all ? Mail.replyToAll(kept) : Mail.replyTo(kept);
        return send(access, mail, Kind.ANSWER, () -> answer.withoutQuote().from(own(mail)).text(text).build());
    }

    /**
     * Passes a mail on, with its text and its attachments.
     *
     * @param access who passes it on
     * @param mail that was found
     * @param to the mailboxes that get it
     * @param text what stands above it
     * @return the id in the queue
     * @throws IOException if the mail cannot be read
     * @throws MailQueueException if it can never be sent, or cannot be queued
     */
    public long forward(MailAccess access, MailEntry mail, List<String> to, String text)
            throws IOException, MailQueueException {
        MailBuilder forward = Mail.forward(new KeptMail(mail, store.content(mail)));
        return send(access, mail, Kind.FORWARD,
                () -> forward.from(own(mail)).to(to.toArray(String[]::new)).text(text).build());
    }

    /**
     * Sends a mail to others as it is, octet for octet, behind the fields that say who has done so (RFC 5322 section
     * 3.6.6).
     *
     * @param access who sends it
     * @param mail that was found
     * @param to the mailboxes that get it
     * @return the id in the queue
     * @throws MailQueueException if it can never be sent, or cannot be queued
     */
    public long resend(MailAccess access, MailEntry mail, List<String> to) throws MailQueueException {
        List<Mailbox> recipients = checked(() -> to.stream().map(Mailbox::parse).map(Mailbox::toAscii).toList());
        Mailbox from = Mailbox.parse(own(mail)).toAscii();
        boolean utf8 = mail.smtpUtf8() || from.needsSmtpUtf8() || recipients.stream().anyMatch(Mailbox::needsSmtpUtf8);
        Envelope.Builder envelope = Envelope.from(from.toString()).bodyType(BodyType.valueOf(mail.bodyType()))
                .smtpUtf8(utf8);
        recipients.forEach(recipient -> envelope.to(recipient.toString()));
        byte[] fields = resentFields(from, recipients).getBytes(StandardCharsets.UTF_8);
        MailContent content = store.content(mail);
        long id = queue.enqueue(envelope.build(), (MailContent) () ->
                new SequenceInputStream(new ByteArrayInputStream(fields), content.open()), QueueOptions.DEFAULT);
        store.noteSent(id, mail.id(), Kind.RESEND, mail.subject(), access.user());
        return id;
    }

    private long send(MailAccess access, MailEntry mail, Kind kind, Supplier<Mail> making) throws MailQueueException {
        Mail made = checked(making);
        long id = queue.enqueue(made.envelope(), made.content(), QueueOptions.DEFAULT);
        store.noteSent(id, mail.id(), kind, made.subject(), access.user());
        return id;
    }

    /** What somebody has typed is no fault of the bean, which the container would log as one. */
    private static <T> T checked(Supplier<T> making) throws MailQueueException {
        try {
            return making.get();
        } catch (IllegalArgumentException e) {
            throw new MailQueueException(e.getMessage(), e);
        }
    }

    private static String own(MailEntry mail) {
        return mail.recipients().get(0);
    }

    private static String resentFields(Mailbox from, List<Mailbox> to) {
        StringBuilder fields = new StringBuilder("Resent-Date: ")
                .append(DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)))
                .append("\r\nResent-From: ").append(from).append("\r\nResent-To: ");
        for (int i = 0; i < to.size(); i++) {
            fields.append(i == 0 ? "" : ",\r\n ").append(to.get(i));
        }
        return fields.append("\r\nResent-Message-ID: <").append(UUID.randomUUID()).append('@')
                .append(from.asciiDomain()).append(">\r\n").toString();
    }
}
