package io.smtpra.it.app;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/** A bean outside of any transaction: it fails if the mail's subject says so. */
@MessageDriven
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PlainOutcomeBean implements MailListener {

    @Override
    public void onMail(InboundMail mail) throws Exception {
        if (!mail.message().getSubject().equals("fine")) {
            throw new IllegalStateException("as the test wants it");
        }
    }
}
