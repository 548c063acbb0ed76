package io.smtpra.bench.queue;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jboss.ejb3.annotation.ResourceAdapter;

/**
 * Does what the subject says: {@code enqueue 1000} puts the mail itself so often into the queue, a transaction each;
 * {@code pause} and {@code resume} stop the sending and let it go on. The reply comes when it is done.
 */
@MessageDriven(activationConfig =
        @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*@example.net"))
@ResourceAdapter("smtp-ra.rar")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class EnqueueingBean implements MailListener {

    @EJB
    private Enqueuer enqueuer;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        String[] order = mail.view().subject().split(" ");
        switch (order[0]) {
            case "enqueue" -> {
                byte[] octets;
                try (InputStream content = mail.content()) {
                    octets = content.readAllBytes();
                }
                for (int i = 0; i < Integer.parseInt(order[1]); i++) {
                    enqueuer.enqueue(octets);
                }
            }
            case "pause" -> manage("pauseAll");
            case "resume" -> manage("resumeAll");
            default -> throw new IllegalArgumentException(order[0]);
        }
    }

    private static void manage(String operation) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(new ObjectName("io.smtpra:type=MailQueue,*"), null)) {
            server.invoke(name, operation, new Object[0], new String[0]);
        }
    }
}
