package io.smtpra.queue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** The queue of the server. It is looked for at each call: the server may start it later, and start it anew. */
final class ServerQueue implements InvocationHandler {

    static final String NAME = "java:global/smtp-ra-queue/MailQueueBean!io.smtpra.queue.MailQueue";

    private ServerQueue() {
    }

    static MailQueue find() {
        return (MailQueue) Proxy.newProxyInstance(MailQueue.class.getClassLoader(), new Class<?>[] {MailQueue.class},
                new ServerQueue());
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> NAME;
            };
        }
        try {
            return method.invoke(queue(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static MailQueue queue() {
        try {
            return InitialContext.doLookup(NAME);
        } catch (NamingException e) {
            throw new IllegalStateException("The server's queue is not running: there is no " + NAME, e);
        }
    }
}
