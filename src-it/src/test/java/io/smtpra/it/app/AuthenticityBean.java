package io.smtpra.it.app;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import io.smtpra.authenticity.Authenticity;
import io.smtpra.authenticity.DkimVerdict;
import jakarta.annotation.Resource;
import jakarta.ejb.MessageDriven;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Keeps who really sent each mail, and the mail's first line, in the table {@code INBOX}, which the test has made. */
@MessageDriven
public class AuthenticityBean implements MailListener {

    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource database;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into INBOX values (?, ?)")) {
            insert.setString(1, mail.id());
            insert.setString(2, said(mail.authenticity()) + " | "
                    + mail.view().headers().get(0).value().replaceAll("\\s+", " "));
            insert.executeUpdate();
        }
    }

    private static String said(Authenticity found) {
        return "spf " + found.spf().map(spf -> spf.result().keyword()).orElse("unasked")
                + found.dkim().stream().map(AuthenticityBean::said).collect(Collectors.joining())
                + ", dmarc " + found.dmarc().map(dmarc -> dmarc.result().keyword()).orElse("unasked")
                + ", from " + found.provenAuthorDomain().orElse("anybody");
    }

    private static String said(DkimVerdict signature) {
        return ", dkim " + signature.result().keyword() + " " + signature.domain() + " " + signature.reason();
    }
}
