package io.smtpra.ra.config;

import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The properties of a bean that are strings: those that can be read and set. */
public final class BeanProperties {

    private BeanProperties() {}

    /**
     * What the properties are set to.
     *
     * @param bean a bean of any class
     * @return the values by the names of the properties; an empty text for null
     */
    public static Map<String, String> of(Object bean) {
        Map<String, String> values = new TreeMap<>();
        try {
            for (PropertyDescriptor property : Introspector.getBeanInfo(bean.getClass()).getPropertyDescriptors()) {
                Method getter = property.getReadMethod();
                if (property.getPropertyType() == String.class && getter != null && property.getWriteMethod() != null) {
                    Object value = getter.invoke(bean);
                    values.put(property.getName(), value == null ? "" : (String) value);
                }
            }
        } catch (IntrospectionException | ReflectiveOperationException e) {
            throw new IllegalStateException(bean.getClass() + " is not a bean whose properties can be read", e);
        }
        return Collections.unmodifiableMap(values);
    }
}
