package io.smtpra.ra.management;

import io.smtpra.ra.log.AdapterMessages;
import java.lang.management.ManagementFactory;
import java.util.Hashtable;
import java.util.Map;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** A bean in the JVM's platform MBean server, until it is closed. A failure there stops no mail. */
public final class ManagedBean implements AutoCloseable {

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
        return register(bean, Map.of("type", type, "listener", ObjectName.quote(listener)));
    }

    /**
     * Registers the bean of one listener of several.
     *
     * @param bean implements an MXBean interface
     * @param adapter where its adapter listens first
     * @param listener where it listens itself
     */
    public static AutoCloseable registerListener(Object bean, String adapter, String listener) {
        return register(bean, Map.of("type", "Listener", "adapter", ObjectName.quote(adapter),
                "listener", ObjectName.quote(listener)));
    }

    private static AutoCloseable register(Object bean, Map<String, String> keys) {
        try {
            for (int number = 1; number <= MOST_OF_A_NAME; number++) {
                ManagedBean managed = new ManagedBean(name(keys, number));
                if (managed.isRegistered(bean)) {
                    return managed;
                }
            }
            AdapterMessages.LOG.tooManyManagementBeans(MOST_OF_A_NAME, keys.get("type"), keys.get("listener"));
        } catch (JMException e) {
            AdapterMessages.LOG.notManaged(keys.get("type"), keys.get("listener"), e);
        }
        return () -> { };
    }

    // Hashtable is what ObjectName takes.
    private static ObjectName name(Map<String, String> keys, int number) throws JMException {
        Hashtable<String, String> all = new Hashtable<>(keys);
        if (number > 1) {
            all.put("number", String.valueOf(number));
        }
        return new ObjectName(DOMAIN, all);
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
