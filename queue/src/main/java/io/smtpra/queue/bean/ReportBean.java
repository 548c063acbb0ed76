package io.smtpra.queue.bean;

import io.smtpra.InboundMail;
import io.smtpra.queue.report.ReportIntake;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** Takes a report in the transaction of its delivery: the record, the event and the reply to its sender are one. */
@Stateless
public class ReportBean {

    @EJB
    private QueueLifecycle lifecycle;

    /**
     * Takes one.
     *
     * @param report as it came in
     * @return what it did
     * @throws SQLException if the database refuses
     * @throws IOException if the report cannot be read
     * @throws IllegalStateException if the queue has no return path
     */
    public ReportIntake.Result take(InboundMail report) throws SQLException, IOException {
        RunningQueue queue = lifecycle.queue();
        ReportIntake intake = queue.intake().orElseThrow(() -> new IllegalStateException("smtp-ra queue: '"
                + Setting.RETURN_PATH.property() + "' is empty, so no mail is sent whose reports could come back"));
        try (Connection connection = queue.dataSource().getConnection()) {
            return intake.take(connection, report);
        }
    }
}
