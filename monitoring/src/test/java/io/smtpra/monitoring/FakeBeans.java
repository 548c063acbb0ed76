package io.smtpra.monitoring;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.ObjectName;

/** Beans of an adapter that a test makes up, in the platform MBean server until they are closed. */
final class FakeBeans implements AutoCloseable {

    private final List<ObjectName> names = new ArrayList<>();

    /** Registers a bean; its values may be changed. */
    Map<String, Object> add(String name, Map<String, Object> values) throws Exception {
        Map<String, Object> current = new LinkedHashMap<>(values);
        ObjectName registered = new ObjectName("io.smtpra:" + name);
        ManagementFactory.getPlatformMBeanServer().registerMBean(new Values(current), registered);
        names.add(registered);
        return current;
    }

    @Override
    public void close() throws Exception {
        for (ObjectName name : names) {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        }
        names.clear();
    }

    private record Values(Map<String, Object> values) implements DynamicMBean {

        @Override
        public Object getAttribute(String name) throws AttributeNotFoundException {
            if (!values.containsKey(name)) {
                throw new AttributeNotFoundException(name);
            }
            return values.get(name);
        }

        @Override
        public AttributeList getAttributes(String[] attributes) {
            AttributeList list = new AttributeList();
            for (String attribute : attributes) {
                if (values.containsKey(attribute)) {
                    list.add(new Attribute(attribute, values.get(attribute)));
                }
            }
            return list;
        }

        @Override
        public void setAttribute(Attribute attribute) {
            throw new UnsupportedOperationException();
        }

        @Override
        public AttributeList setAttributes(AttributeList attributes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object invoke(String action, Object[] parameters, String[] signature) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MBeanInfo getMBeanInfo() {
            return new MBeanInfo(getClass().getName(), "", new MBeanAttributeInfo[0], null, null, null);
        }
    }
}
