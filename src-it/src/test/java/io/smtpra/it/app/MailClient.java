package io.smtpra.it.app;

import jakarta.mail.Session;

/** A way of applications to send mail over a Session. */
interface MailClient {

    String FROM = "app@example.com";

    /** Sends, and throws whatever its library throws. */
    void send(Session session, String subject, String[] recipients) throws Exception;
}
