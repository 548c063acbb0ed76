package io.smtpra.it.app;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import jakarta.annotation.Resource;
import jakarta.ejb.MessageDriven;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says something in its call, before its commit and after it. */
@MessageDriven
public class LoggingBean implements MailListener {

    private static final Logger LOG = LoggerFactory.getLogger(LoggingBean.class);

    @Resource
    private TransactionSynchronizationRegistry transactions;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        LOG.info("{} is called", mail.message().getSubject());
        String subject = mail.message().getSubject();
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                LOG.info("{} commits", subject);
            }

            @Override
            public void afterCompletion(int status) {
                LOG.info("{} has ended", subject);
            }
        });
    }
}
