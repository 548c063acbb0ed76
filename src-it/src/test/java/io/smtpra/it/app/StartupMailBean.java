package io.smtpra.it.app;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.mail.Session;

/** Sends as soon as its application starts. */
@Singleton
@Startup
public class StartupMailBean {

    @Resource(lookup = "java:/smtp/mail")
    private Session session;

    @PostConstruct
    void start() {
        try {
            new PlainMailClient(false).send(session, "started", new String[] {"ops@example.org"});
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
