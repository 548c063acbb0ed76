package io.smtpra.it.app;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import org.jboss.ejb3.annotation.SecurityDomain;

/** May be called by users with the role {@code mailer} alone. */
@Stateless
@SecurityDomain("MailDomain")
public class MailerBean {

    @RolesAllowed("mailer")
    public String call() {
        return "called";
    }
}
