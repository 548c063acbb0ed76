/**
 * What applications compile against: mail that comes in ({@link io.smtpra.MailListener}) and mail that goes out
 * ({@link io.smtpra.SmtpConnectionFactory}).
 *
 * <p>Message-driven beans implement {@link io.smtpra.MailListener}; everything else is handed to them. Senders look up
 * a {@link io.smtpra.SmtpConnectionFactory}. Both directions share the vocabulary of RFC 5321: an
 * {@link io.smtpra.Envelope} is made of {@link io.smtpra.Mailbox mailboxes}, an answer is a {@link io.smtpra.Reply}.
 *
 * <p>This package depends on {@code jakarta.mail} and the JDK alone.
 */
package io.smtpra;
