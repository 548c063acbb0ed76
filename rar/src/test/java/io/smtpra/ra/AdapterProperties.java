package io.smtpra.ra;

import io.smtpra.ra.config.BeanProperties;
import io.smtpra.ra.config.PropertyReader;
import java.util.HashMap;
import java.util.Map;

/** The properties of a resource adapter, for the rooms that read some of them. */
public final class AdapterProperties {

    private AdapterProperties() {}

    /** A reader of the defaults, with some values in their place. */
    public static PropertyReader with(Map<String, String> changed) {
        Map<String, String> values = new HashMap<>(BeanProperties.of(new SmtpResourceAdapter()));
        changed.forEach((name, value) -> {
            if (values.put(name, value) == null) {
                throw new IllegalArgumentException("There is no property " + name);
            }
        });
        return new PropertyReader(values, SmtpResourceAdapter.class, "resource adapter");
    }
}
