package io.smtpra.it.app;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import io.smtpra.it.app.FailingResource.Step;
import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;
import jakarta.transaction.TransactionManager;
import javax.sql.DataSource;

/**
 * Keeps each mail in the table {@code OUTCOME} of two databases, an ordinary one and an XA one, then does what the
 * mail's subject says.
 */
@MessageDriven
@DataSourceDefinition(name = TwoDatabasesBean.XA, className = "org.h2.jdbcx.JdbcDataSource",
        url = "jdbc:h2:mem:second;DB_CLOSE_DELAY=-1", user = "sa", password = "sa")
public class TwoDatabasesBean implements MailListener {

    /** The name of the XA database. */
    public static final String XA = "java:global/it/second";

    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource plain;

    @Resource(lookup = XA)
    private DataSource xa;

    @Resource(lookup = "java:jboss/TransactionManager")
    private TransactionManager transactions;

    @Resource
    private MessageDrivenContext context;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        String subject = mail.message().getSubject();
        if (subject.equals("one phase refused")) {
            enlist(Step.ONE_PHASE);
            return;
        }
        Outcomes.keep(plain, mail, subject, "");
        Outcomes.keep(xa, mail, subject, "");
        switch (subject) {
            case "prepare fails" -> enlist(Step.PREPARE);
            case "commit fails after prepare" -> enlist(Step.AFTER_PREPARE);
            case "runtime exception" -> throw new IllegalStateException("as the test wants it");
            case "rollback only" -> context.setRollbackOnly();
            default -> { }
        }
    }

    private void enlist(Step step) throws Exception {
        transactions.getTransaction().enlistResource(new FailingResource(step));
    }
}
