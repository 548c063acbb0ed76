package io.smtpra.it.app;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import io.smtpra.TlsFacts;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBAccessException;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import javax.sql.DataSource;
import org.jboss.ejb3.annotation.SecurityDomain;

/**
 * Keeps who called it, in the table {@code CALLER}: caller, authenticated user, whether the role lets it call on, and
 * the subject of its certificate.
 */
@MessageDriven
@SecurityDomain("MailDomain")
public class CallerBean implements MailListener {

    @Resource
    private MessageDrivenContext context;

    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource database;

    @EJB
    private MailerBean mailer;

    @Override
    @PermitAll
    public void onMail(InboundMail mail) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into CALLER values (?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, mail.message().getSubject());
            insert.setString(2, context.getCallerPrincipal().getName());
            insert.setString(3, mail.peer().authenticatedUser().orElse(""));
            insert.setString(4, String.valueOf(context.isCallerInRole("mailer")));
            insert.setString(5, callOn());
            insert.setString(6, mail.peer().tls().flatMap(TlsFacts::peerSubject).orElse(""));
            insert.executeUpdate();
        }
    }

    private String callOn() {
        try {
            return mailer.call();
        } catch (EJBAccessException e) {
            return "denied";
        }
    }
}
