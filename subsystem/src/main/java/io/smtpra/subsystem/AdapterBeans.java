package io.smtpra.subsystem;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.jboss.as.controller.OperationFailedException;

/**
 * The management beans of the adapters that run in this server. {@code type=Listeners} is all that one adapter listens
 * with, {@code type=Listener} one port of it; both are named by address and port.
 */
final class AdapterBeans {

    private static final String LISTENER = "listener";
    private static final String ADAPTER = "adapter";

    private AdapterBeans() {}

    /** All adapters that listen. */
    static List<ObjectName> adapters() {
        return query("io.smtpra:type=Listeners,*");
    }

    /** All ports on which adapters listen. */
    static List<ObjectName> ports() {
        return query("io.smtpra:type=Listener,*");
    }

    /** The limits of all adapters that listen. */
    static List<ObjectName> limits() {
        return query("io.smtpra:type=Limits,*");
    }

    /** What has certificates: the adapters, those too that only send. */
    static List<ObjectName> certificates() {
        return query("io.smtpra:type=Certificates,*");
    }

    /** The name of a port: its address and number. */
    static String listener(ObjectName bean) {
        return ObjectName.unquote(bean.getKeyProperty(LISTENER));
    }

    /** One port. */
    static Optional<ObjectName> port(String listener) {
        return ports().stream().filter(bean -> listener(bean).equals(listener)).findFirst();
    }

    /** A bean of the adapter to which a port belongs. */
    static Optional<ObjectName> ofAdapter(ObjectName port, String type) {
        return query("io.smtpra:type=" + type + ",listener=" + port.getKeyProperty(ADAPTER) + ",*").stream()
                .findFirst();
    }

    static Object read(ObjectName bean, String attribute) throws OperationFailedException {
        try {
            return server().getAttribute(bean, attribute);
        } catch (JMException | JMRuntimeException e) {
            throw failure(e);
        }
    }

    /** The lines of an attribute that is a list. */
    static List<String> lines(ObjectName bean, String attribute) throws OperationFailedException {
        return Arrays.asList((String[]) read(bean, attribute));
    }

    static void write(ObjectName bean, String attribute, Object value) throws OperationFailedException {
        try {
            server().setAttribute(bean, new Attribute(attribute, value));
        } catch (JMException | JMRuntimeException e) {
            throw failure(e);
        }
    }

    /** Calls an operation whose parameters are texts and numbers. */
    static Object call(ObjectName bean, String operation, Object... arguments) throws OperationFailedException {
        String[] signature = Arrays.stream(arguments)
                .map(argument -> argument instanceof Integer ? int.class.getName() : argument.getClass().getName())
                .toArray(String[]::new);
        try {
            return server().invoke(bean, operation, arguments, signature);
        } catch (JMException | JMRuntimeException e) {
            throw failure(e);
        }
    }

    private static List<ObjectName> query(String pattern) {
        try {
            return server().queryNames(new ObjectName(pattern), null).stream()
                    .sorted(Comparator.comparing(ObjectName::getCanonicalName)).toList();
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** What the adapter says to it, without what JMX has wrapped around it. */
    private static OperationFailedException failure(Exception e) {
        Throwable cause = e instanceof RuntimeMBeanException wrapped ? wrapped.getTargetException() : e;
        return new OperationFailedException(String.valueOf(cause.getMessage()), cause);
    }

    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }
}
