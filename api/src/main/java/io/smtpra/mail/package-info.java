/**
 * Reads mails as people see them: {@link io.smtpra.mail.MailView} gives the subject, the text and the attachments of
 * whatever arrives, {@link io.smtpra.mail.DeliveryReport} what other servers report.
 *
 * <p>It takes what is really sent, which is not always what the RFCs allow, and reads it in one pass without decoding
 * anything before it is asked for. It depends on the rest of the API and the JDK; of Jakarta Mail it uses the one
 * interface by which a content gives ranges of itself.
 */
package io.smtpra.mail;
