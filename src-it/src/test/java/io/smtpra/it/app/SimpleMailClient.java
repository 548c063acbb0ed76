package io.smtpra.it.app;

import jakarta.mail.Session;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;

/** Simple Java Mail over a Session. */
final class SimpleMailClient implements MailClient {

    @Override
    public void send(Session session, String subject, String[] recipients) throws Exception {
        try (Mailer mailer = MailerBuilder.usingSession(session).buildMailer()) {
            mailer.sendMail(EmailBuilder.startingBlank()
                    .from(FROM).toMultiple(recipients).withSubject(subject).withPlainText("Grüße").buildEmail());
        }
    }
}
