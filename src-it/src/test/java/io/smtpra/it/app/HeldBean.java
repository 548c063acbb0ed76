package io.smtpra.it.app;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import jakarta.annotation.Resource;
import jakarta.ejb.MessageDriven;
import javax.sql.DataSource;

/** Holds each mail until it is let go, see {@link Holding}. */
@MessageDriven
public class HeldBean implements MailListener {

    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource database;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        Holding.hold(mail, database);
    }
}
