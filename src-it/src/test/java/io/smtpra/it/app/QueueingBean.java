package io.smtpra.it.app;

import io.smtpra.Envelope;
import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import io.smtpra.queue.MailQueue;
import io.smtpra.queue.QueueOptions;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers each mail with one of its own, by way of the queue. */
@MessageDriven
public class QueueingBean implements MailListener {

    private static final Logger LOG = LoggerFactory.getLogger(QueueingBean.class);

    @Inject
    private MailQueue queue;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        LOG.info("the bean is called");
        MimeMessage answer = new MimeMessage(Session.getInstance(new Properties()));
        answer.setFrom(new InternetAddress("shop@example.com"));
        answer.setText("Thank you.");
        queue.enqueue(Envelope.from("shop@example.com").to("customer@example.org").build(), answer,
                QueueOptions.DEFAULT);
    }
}
