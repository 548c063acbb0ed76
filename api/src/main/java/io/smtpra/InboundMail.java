package io.smtpra;

import io.smtpra.authenticity.Authenticity;
import io.smtpra.mail.MailView;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * A mail that has arrived, as it is handed to {@link MailListener#onMail(InboundMail)}. It is valid until that method
 * returns; a bean that needs its content later copies it. The facts about it (everything but the content) stay
 * readable.
 */
public interface InboundMail {

    /**
     * The id of this mail: unique, stable, and the same that stands in the log, in the {@code Received:} header and in
     * the {@code 250} reply.
     *
     * @return 1 to 64 letters, digits and hyphens
     */
    String id();

    /**
     * When the end of the content was received.
     *
     * @return the time of arrival
     */
    Instant receivedAt();

    /**
     * Who sent it to whom, with the parameters of RFC 5321 {@code MAIL} and {@code RCPT}. The recipients are those that
     * this bean's activation takes.
     *
     * @return the envelope
     */
    Envelope envelope();

    /**
     * The host that delivered it.
     *
     * @return the peer
     */
    Peer peer();

    /**
     * Who really sent it, as far as SPF, DKIM and DMARC can tell.
     *
     * @return the verdicts; none if nothing was checked
     */
    default Authenticity authenticity() {
        return Authenticity.unknown();
    }

    /**
     * The length of the content.
     *
     * @return octets, the headers of this server included
     */
    long size();

    /**
     * The content, octet for octet as it was sent (dot-stuffing undone), preceded by this server's {@code Received:}
     * header. With the property {@code authenticationResults}, its {@code Authentication-Results:} header stands before
     * that, and those of others that claim to be its own are left out. Each call gives a new stream from the
     * beginning.
     *
     * @return the content; closing it is good manners but not required
     * @throws IOException if the content cannot be read
     * @throws IllegalStateException after {@code onMail} has returned
     */
    InputStream content() throws IOException;

    /**
     * The mail as people see it: subject, addresses, text, attachments with safe names, delivery reports. It takes
     * whatever arrives, and decodes nothing before it is asked for.
     *
     * @return the view
     * @throws IOException if the content cannot be read
     * @throws IllegalStateException after {@code onMail} has returned; the texts and addresses that it gave stay
     */
    default MailView view() throws IOException {
        return MailView.of(this::content);
    }

    /**
     * The content as a Jakarta Mail message, for what works with such. It is made at the first call, over the same
     * octets without a second copy, and is the same object at each call.
     *
     * <p>It is as liberal as {@link #view()}, which its methods ask: none throws for what is in the mail, and no system
     * property changes what it says. Sent on as it is, it leaves octet for octet as it came; with a header changed, the
     * other headers and the body do.
     *
     * @return the message
     * @throws MessagingException if the content cannot be read
     * @throws IllegalStateException after {@code onMail} has returned
     */
    MimeMessage message() throws MessagingException;
}
