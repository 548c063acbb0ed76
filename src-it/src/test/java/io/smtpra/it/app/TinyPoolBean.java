package io.smtpra.it.app;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import jakarta.annotation.Resource;
import jakarta.ejb.MessageDriven;
import javax.sql.DataSource;
import org.jboss.ejb3.annotation.Pool;

/** A {@link HeldBean} of which the server has one instance. */
@MessageDriven
@Pool("tiny")
public class TinyPoolBean implements MailListener {

    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource database;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        Holding.hold(mail, database);
    }
}
