package io.smtpra.ra.telemetry;

import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.MDC;
import org.slf4j.spi.MDCAdapter;

/**
 * A log's context as WildFly has it: each thread its own, handed down to the threads that it makes. The log of unit tests
 * has none.
 */
public final class ThreadMdc implements MDCAdapter {

    private final ThreadLocal<Map<String, String>> contexts = new InheritableThreadLocal<>() {
        @Override
        protected Map<String, String> initialValue() {
            return new HashMap<>();
        }

        @Override
        protected Map<String, String> childValue(Map<String, String> parent) {
            return new HashMap<>(parent);
        }
    };

    private ThreadMdc() {}

    /** From now on there is one. */
    public static void install() {
        try {
            var adapter = MDC.class.getDeclaredField("MDC_ADAPTER");
            adapter.setAccessible(true);
            if (!(adapter.get(null) instanceof ThreadMdc)) {
                adapter.set(null, new ThreadMdc());
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void put(String key, String value) {
        contexts.get().put(key, value);
    }

    @Override
    public String get(String key) {
        return contexts.get().get(key);
    }

    @Override
    public void remove(String key) {
        contexts.get().remove(key);
    }

    @Override
    public void clear() {
        contexts.get().clear();
    }

    @Override
    public Map<String, String> getCopyOfContextMap() {
        return Map.copyOf(contexts.get());
    }

    @Override
    public void setContextMap(Map<String, String> context) {
        contexts.set(new HashMap<>(context));
    }

    @Override
    public void pushByKey(String key, String value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String popByKey(String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Deque<String> getCopyOfDequeByKey(String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clearDequeByKey(String key) {
        throw new UnsupportedOperationException();
    }
}
