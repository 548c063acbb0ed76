package io.smtpra.ra.outbound.session;

import java.util.Hashtable;
import java.util.Map;
import java.util.TreeMap;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.spi.ObjectFactory;

/**
 * Makes a Session for each look-up, where a server's naming is told to: in WildFly a binding of type
 * {@code object-factory}. Its environment has the JNDI name of the connection factory as {@code connectionFactory}, and
 * properties of the Session, {@code mail.smtp.from} say.
 */
public final class SessionObjectFactory implements ObjectFactory {

    /** Made by the server. */
    public SessionObjectFactory() {
        // by reflection
    }

    @Override
    public Object getObjectInstance(Object object, Name name, Context context, Hashtable<?, ?> environment) {
        Map<String, String> properties = new TreeMap<>();
        Object factory = FactoryTransport.DEFAULT_FACTORY;
        // JNDI has null for an empty one.
        Map<?, ?> entries = environment == null ? Map.of() : environment;
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            String key = String.valueOf(entry.getKey());
            if (key.equals("connectionFactory")) {
                factory = entry.getValue();
            } else if (key.startsWith("mail.")) {
                properties.put(key, String.valueOf(entry.getValue()));
            }
        }
        return FactorySession.of(factory, properties);
    }
}
