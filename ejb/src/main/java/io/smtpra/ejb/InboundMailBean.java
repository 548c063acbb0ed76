package io.smtpra.ejb;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import io.smtpra.ejb.log.MailboxMessages;
import io.smtpra.ejb.mailbox.MailStore;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;

/**
 * Stores each mail in the transaction of its delivery: the sender hears {@code 250} only when it is
 * committed.
 *
 * <p>Which recipients it takes, and from which resource adapter, stands in {@code META-INF/jboss-ejb3.xml}.
 */
@MessageDriven
public class InboundMailBean implements MailListener {


    @EJB
    private MailStore store;

    @EJB
    private AutomaticReply automaticReply;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        String stored = store.add(mail);
        if (!stored.equals(mail.id())) {
            // The sender did not hear our 250 and sent again: say yes, and keep one.
            MailboxMessages.LOG.storedAlready(mail.id(), stored);
            return;
        }
        automaticReply.answer(mail);
    }
}
