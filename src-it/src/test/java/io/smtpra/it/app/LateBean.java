package io.smtpra.it.app;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import jakarta.annotation.Resource;
import jakarta.ejb.MessageDriven;
import jakarta.transaction.TransactionManager;

/** Has a resource in its transaction that cannot be reached any more at the commit. */
@MessageDriven
public class LateBean implements MailListener {

    @Resource(lookup = "java:jboss/TransactionManager")
    private TransactionManager transactions;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        transactions.getTransaction().enlistResource(new LateResource());
    }
}
