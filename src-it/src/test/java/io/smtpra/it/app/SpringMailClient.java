package io.smtpra.it.app;

import jakarta.mail.Session;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Spring's {@code JavaMailSender} over a Session from JNDI, as its manual has it. */
final class SpringMailClient implements MailClient {

    @Override
    public void send(Session session, String subject, String[] recipients) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setSession(session);
        SimpleMailMessage message = new SimpleMailMessage();
        message.setFrom(FROM);
        message.setTo(recipients);
        message.setSubject(subject);
        message.setText("Grüße");
        sender.send(message);
    }
}
