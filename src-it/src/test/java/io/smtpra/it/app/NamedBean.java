package io.smtpra.it.app;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import jakarta.annotation.Resource;
import jakarta.ejb.MessageDriven;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Keeps with each mail the name of its own archive, and its recipients. */
@MessageDriven
public class NamedBean implements MailListener {

    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource database;

    @Resource(lookup = "java:module/ModuleName")
    private String module;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        Outcomes.keep(database, mail, module, mail.envelope().recipients().stream()
                .map(recipient -> recipient.mailbox().toString())
                .collect(Collectors.joining(" ")));
    }
}
