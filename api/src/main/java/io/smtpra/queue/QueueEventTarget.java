package io.smtpra.queue;

import java.util.Set;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * An application that observes how mails of its server's queue ended. {@link ServerQueueExtension} registers it as a
 * management bean, by which the queue finds it; no application calls it or implements it.
 */
public interface QueueEventTarget {

    /**
     * Tells the application, in the caller's transaction.
     *
     * @param event a {@link MailSent}, {@link MailDeferred}, {@link MailBounced} or {@link MailExpired}
     */
    void tell(Object event);

    /**
     * The name of an application's bean.
     *
     * @param application its name
     * @return the name
     * @throws MalformedObjectNameException never, for the application's name is quoted
     */
    static ObjectName name(String application) throws MalformedObjectNameException {
        return new ObjectName("io.smtpra:type=QueueEvents,application=" + ObjectName.quote(application));
    }

    /**
     * All that there are now.
     *
     * @param server in which they are registered
     * @return their names
     */
    static Set<ObjectName> all(MBeanServer server) {
        try {
            return server.queryNames(new ObjectName("io.smtpra:type=QueueEvents,*"), null);
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }
}
