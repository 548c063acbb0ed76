package io.smtpra.it.app;

import jakarta.mail.Session;
import org.apache.commons.mail2.core.EmailConstants;
import org.apache.commons.mail2.jakarta.SimpleEmail;

/** Commons Email, which looks the Session up itself. */
record CommonsMailClient(String jndiName) implements MailClient {

    @Override
    public void send(Session session, String subject, String[] recipients) throws Exception {
        SimpleEmail email = new SimpleEmail();
        email.setMailSessionFromJNDI(jndiName);
        email.setCharset(EmailConstants.UTF_8);
        email.setFrom(FROM);
        email.addTo(recipients);
        email.setSubject(subject);
        email.setMsg("Grüße");
        email.send();
    }
}
