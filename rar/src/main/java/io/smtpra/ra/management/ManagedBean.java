package io.smtpra.ra.management;

import java.lang.management.ManagementFactory;
import java.util.Hashtable;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bean in the JVM's platform MBean server, until it is closed. A failure there stops no mail. */
public final class ManagedBean implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ManagedBean.class);
    private static final String DOMAIN = "io.smtpra";
    private static final int MOST_OF_A_NAME = 100;

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName name;

    private ManagedBean(ObjectName name) {
        this.name = name;
    }

    /**
     * Registers a bean.
     *
     * @param bean implements an MXBean interface
     * @param type what it is about
     * @param listener where its adapter listens first; several adapters that listen nowhere get numbers
     */
    public static AutoCloseable register(Object bean, String type, String listener) {
        try {
            for (int number = 1; number <= MOST_OF_A_NAME; number++) {
                ManagedBean managed = new ManagedBean(name(type, listener, number));
                if (managed.isRegistered(bean)) {
                    return managed;
                }
            }
            LOG.warn("smtp-ra: there are {} beans for management as {} of {} already; no further one is registered",
                    MOST_OF_A_NAME, type, listener);
        } catch (JMException e) {
            LOG.warn("smtp-ra: {} of {} cannot be managed by JMX", type, listener, e);
        }
        return () -> { };
    }

    // Hashtable is what ObjectName takes.
    private static ObjectName name(String type, String listener, int number) throws JMException {
        Hashtable<String, String> keys = new Hashtable<>();
        keys.put("type", type);
        keys.put("listener", ObjectName.quote(listener));
        if (number > 1) {
            keys.put("number", String.valueOf(number));
        }
        return new ObjectName(DOMAIN, keys);
    }

    private boolean isRegistered(Object bean) throws JMException {
        try {
            server.registerMBean(bean, name);
            return true;
        } catch (InstanceAlreadyExistsException e) {
            return false;
        }
    }

    @Override
    public void close() throws JMException {
        try {
            server.unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            // somebody else did
        }
    }
}
