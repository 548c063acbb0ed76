package io.smtpra.it.app;

import io.smtpra.InboundMail;
import java.sql.Connection;
import java.sql.PreparedStatement;
import javax.sql.DataSource;

/** The table that beans keep mails in, which the test has made. */
public final class Outcomes {

    /** Its definition. */
    public static final String TABLE = "OUTCOME (ID varchar(64), SUBJECT varchar(998), MDC varchar(64))";

    private Outcomes() {}

    /** Keeps a mail. */
    public static void keep(DataSource database, InboundMail mail, String subject, String remark) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into OUTCOME values (?, ?, ?)")) {
            insert.setString(1, mail.id());
            insert.setString(2, subject);
            insert.setString(3, remark);
            insert.executeUpdate();
        }
    }
}
