package io.smtpra.it.app;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import jakarta.annotation.Resource;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.transaction.UserTransaction;

/** A bean that manages its transactions: it leaves one open if the mail's subject says so. */
@MessageDriven
@TransactionManagement(TransactionManagementType.BEAN)
public class OwnTransactionBean implements MailListener {

    @Resource
    private UserTransaction transaction;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        transaction.begin();
        if (mail.message().getSubject().equals("fine")) {
            transaction.commit();
        }
    }
}
