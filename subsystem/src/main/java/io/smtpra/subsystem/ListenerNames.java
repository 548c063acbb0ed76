package io.smtpra.subsystem;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jboss.as.controller.registry.PlaceholderResource;
import org.jboss.as.controller.registry.Resource;
import org.jboss.as.controller.registry.ResourceProvider;

/** The children {@code listener} of the subsystem: there as long as the adapter listens, and in no file. */
final class ListenerNames implements ResourceProvider {

    @Override
    public boolean has(String name) {
        return AdapterBeans.port(name).isPresent();
    }

    @Override
    public Resource get(String name) {
        return has(name) ? PlaceholderResource.INSTANCE : null;
    }

    @Override
    public boolean hasChildren() {
        return !AdapterBeans.ports().isEmpty();
    }

    @Override
    public Set<String> children() {
        Set<String> names = new LinkedHashSet<>();
        AdapterBeans.ports().forEach(bean -> names.add(AdapterBeans.listener(bean)));
        return names;
    }

    @Override
    public void register(String name, Resource resource) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void register(String name, int index, Resource resource) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Resource remove(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public ResourceProvider clone() {
        return this;
    }
}
