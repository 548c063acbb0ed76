package io.smtpra.it.app;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import jakarta.annotation.Resource;
import jakarta.ejb.MessageDriven;
import javax.sql.DataSource;

/** Keeps each mail in the table {@code OUTCOME} of an XA database. */
@MessageDriven
public class XaBean implements MailListener {

    /** The name of the database. */
    public static final String XA = "java:jboss/datasources/second";

    @Resource(lookup = XA)
    private DataSource database;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        Outcomes.keep(database, mail, mail.message().getSubject(), "");
    }
}
