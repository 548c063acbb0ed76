/**
 * Mail in one line: {@link io.smtpra.mailer.Mail} is a mail as its author thinks of it, {@link io.smtpra.mailer.Mailer}
 * sends it, now, with the transaction, or through the queue.
 *
 * <p>A mail is written by this package alone, without Jakarta Mail, and its attachments are read while it leaves. It
 * depends on the rest of the API and the JDK; {@code MailRoute} and {@code MailerProducer}, which nobody need use,
 * depend on CDI, and {@link io.smtpra.mailer.Mail#toMimeMessage()} on Jakarta Mail.
 */
package io.smtpra.mailer;
