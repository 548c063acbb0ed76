package io.smtpra.it.app;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import jakarta.ejb.MessageDriven;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.concurrent.TimeUnit;

/** Takes its time, and keeps each mail through JPA at the very end, so that the row is written at the commit. */
@MessageDriven
public class SlowBean implements MailListener {

    private static final long MILLIS = 200;

    @PersistenceContext(unitName = "slow")
    private EntityManager entities;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        TimeUnit.MILLISECONDS.sleep(MILLIS);
        entities.persist(new SlowMail(mail.id()));
    }
}
