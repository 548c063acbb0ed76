package io.smtpra;

import jakarta.mail.internet.MimeMessage;

/**
 * The way to the next hops, to be used by one thread at a time and closed after use, best by try-with-resources. A
 * physical connection is taken from the server's pool when there is something to say, not before.
 *
 * <p>Inside a JTA transaction mail is sent when the transaction commits, unless the administrator has set
 * {@code sendAt=now}: a rollback sends nothing, and a refusal by the next hop rolls the transaction back. Without a
 * transaction mail is sent at once. What counts is the transaction in which {@code send} is called, not that of
 * {@code getConnection}.
 *
 * <p>A message is written out before the call returns: it is not changed, and may be changed afterwards. It is sent as
 * {@code Transport.send} would send it, saved where it was made or changed since it was saved or read; one that was
 * read and not changed leaves octet for octet. What it lacks of {@code Date} and {@code Message-ID} is added to what is
 * sent. (A message of a class derived from {@code MimeMessage} with its own way to be written writes itself, and saves
 * itself.) A header that holds another one, behind a line break, is refused.
 *
 * <p>What a next hop cannot take is encoded: octets above 127, UTF-8 in headers, lines of more than 998 octets. What is
 * signed is not, but refused.
 *
 * <p>By default all recipients must be accepted, else nobody gets the mail; an envelope that is
 * {@linkplain Envelope#partial() partial} goes to those that were accepted.
 */
public interface SmtpConnection extends AutoCloseable {

    /**
     * Sends a message with the envelope that its headers tell: from {@code Sender} or the first {@code From}, to all of
     * {@code To}, {@code Cc} and {@code Bcc}. {@code Bcc} is not sent.
     *
     * @param message the message; it is not changed, and may be changed after the call
     * @return what became of it
     * @throws SmtpException if it was refused or could not be sent
     */
    SendReceipt send(MimeMessage message) throws SmtpException;

    /**
     * Sends a message with an envelope of its own. The {@code Bcc} header is not sent.
     *
     * @param envelope who sends it to whom
     * @param message the message; it is not changed, and may be changed after the call
     * @return what became of it
     * @throws SmtpException if it was refused or could not be sent
     */
    SendReceipt send(Envelope envelope, MimeMessage message) throws SmtpException;

    /**
     * Sends a content as it is, as far as the next hop takes that: no header is added or removed. Lines that end in a
     * bare LF are sent with CRLF.
     *
     * @param envelope who sends it to whom
     * @param content the octets
     * @return what became of it
     * @throws SmtpException if it was refused or could not be sent
     */
    SendReceipt send(Envelope envelope, MailContent content) throws SmtpException;

    /**
     * The envelope that a mail gets which says nothing of its reverse-path: with the one that the administrator has set
     * for such mails, if there is one, as {@link #send(MimeMessage)} has it.
     *
     * @param told who sends it to whom, as its headers tell
     * @return the envelope to send it with
     * @throws SmtpException if the server has taken the connection back
     */
    default Envelope addressed(Envelope told) throws SmtpException {
        return told;
    }

    /** Gives the connection back to the pool. Closing twice does nothing; using it afterwards throws. */
    @Override
    void close();
}
