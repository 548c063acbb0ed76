package io.smtpra.subsystem;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.jboss.as.controller.OperationFailedException;
import org.jboss.as.controller.PathAddress;

/**
 * What an operation acts on, by the address at which it was called.
 *
 * @param listener one port; absent, at the subsystem itself: all that listens in this server
 */
record Target(Optional<String> listener) {

    static Target of(PathAddress address) {
        return new Target(Optional.of(address.getLastElement())
                .filter(element -> element.getKey().equals(ListenerResource.TYPE))
                .map(element -> element.getValue()));
    }

    /** Beans by which ports are opened and closed. */
    List<ObjectName> ports() throws OperationFailedException {
        return listener.isEmpty() ? adapters() : List.of(port());
    }

    /** Beans with what the ports of an adapter share. */
    List<ObjectName> adapters() throws OperationFailedException {
        return listener.isEmpty() ? some(AdapterBeans.adapters()) : ofAdapter("Listeners");
    }

    /** Beans with the limits of an adapter. */
    List<ObjectName> limits() throws OperationFailedException {
        return listener.isEmpty() ? some(AdapterBeans.limits()) : ofAdapter("Limits");
    }

    /** Beans with certificates; adapters that only send have them too. */
    List<ObjectName> certificates() throws OperationFailedException {
        return listener.isEmpty() ? some(AdapterBeans.certificates()) : ofAdapter("Certificates");
    }

    private List<ObjectName> ofAdapter(String type) throws OperationFailedException {
        return some(AdapterBeans.ofAdapter(port(), type).stream().toList());
    }

    private ObjectName port() throws OperationFailedException {
        String name = listener.orElseThrow();
        Optional<ObjectName> port = AdapterBeans.port(name);
        if (port.isEmpty()) {
            List<ObjectName> all = some(AdapterBeans.ports());
            throw new OperationFailedException("No adapter listens at " + name + "; there are "
                    + all.stream().map(AdapterBeans::listener).collect(Collectors.joining(", ")));
        }
        return port.get();
    }

    private static List<ObjectName> some(List<ObjectName> beans) throws OperationFailedException {
        if (beans.isEmpty()) {
            throw new OperationFailedException("No adapter of smtp-ra that could do this runs in this server");
        }
        return beans;
    }
}
