package io.smtpra.queue.bean;

import io.smtpra.queue.QueueEventTarget;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.function.Consumer;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;

/** Tells an event to all applications of the server that observe any. If one throws, all hear it again. */
final class ServerEvents implements Consumer<Object> {

    private static final String[] SIGNATURE = {Object.class.getName()};

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @Override
    public void accept(Object event) {
        QueueEventTarget.all(server).forEach(application -> tell(application, event));
    }

    private void tell(ObjectName application, Object event) {
        try {
            server.invoke(application, "tell", new Object[] {event}, SIGNATURE);
        } catch (InstanceNotFoundException e) {
            // undeployed since we looked: it observes nothing any more
        } catch (RuntimeMBeanException e) {
            throw observers(e.getTargetException());
        } catch (JMException e) {
            throw new IllegalStateException(application + " cannot be told", e);
        }
    }

    /** What the observer has thrown: the proxy that keeps its application's context wraps it. */
    private static RuntimeException observers(RuntimeException thrown) {
        Throwable cause = thrown;
        while (cause instanceof UndeclaredThrowableException || cause instanceof InvocationTargetException) {
            cause = cause.getCause();
        }
        return cause instanceof RuntimeException exception ? exception : thrown;
    }
}
