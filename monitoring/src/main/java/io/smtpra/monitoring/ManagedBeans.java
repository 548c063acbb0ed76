package io.smtpra.monitoring;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;

/** The beans that adapters and queues have in the JVM's platform MBean server. They come and go. */
final class ManagedBeans {

    static final String STATISTICS = "Statistics";
    static final String LISTENERS = "Listeners";
    static final String CERTIFICATES = "Certificates";
    static final String QUEUE = "MailQueue";
    private static final List<String> OWNERS = List.of("listener", "application");

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    /** Those of a type, in the order of their owners. */
    List<ObjectName> ofType(String type) {
        try {
            return server.queryNames(new ObjectName("io.smtpra:type=" + type + ",*"), null).stream()
                    .sorted(Comparator.comparing(ManagedBeans::owner)).toList();
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(type, e);
        }
    }

    /** By whose name a bean goes: where the adapter listens first, or the application that the queue is in. */
    static String owner(ObjectName bean) {
        String owner = OWNERS.stream().map(bean::getKeyProperty).filter(key -> key != null).findFirst().orElse("");
        String number = bean.getKeyProperty("number");
        return (owner.startsWith("\"") ? ObjectName.unquote(owner) : owner) + (number == null ? "" : " " + number);
    }

    /** What a bean can tell; nothing if it has gone. */
    List<MBeanAttributeInfo> attributes(ObjectName bean) {
        try {
            return Arrays.asList(server.getMBeanInfo(bean).getAttributes());
        } catch (JMException e) {
            return List.of();
        }
    }

    /** The values of attributes; those that cannot be read are left out. */
    Map<String, Object> values(ObjectName bean, List<String> attributes) {
        Map<String, Object> values = new HashMap<>();
        try {
            for (Attribute attribute : server.getAttributes(bean, attributes.toArray(String[]::new)).asList()) {
                values.put(attribute.getName(), attribute.getValue());
            }
        } catch (JMException e) {
            // it has gone
        }
        return values;
    }

    /** The value of an attribute; absent if the bean has gone, or cannot tell. */
    <T> Optional<T> value(ObjectName bean, String attribute, Class<T> type) {
        try {
            return Optional.ofNullable(server.getAttribute(bean, attribute)).filter(type::isInstance).map(type::cast);
        } catch (JMException | RuntimeMBeanException e) {
            return Optional.empty();
        }
    }
}
