package io.smtpra.ra.outbound.compose;

import jakarta.activation.CommandMap;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.util.StreamProvider;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.WeakHashMap;

/**
 * Lets Jakarta Mail find its content handlers. It looks for them by the thread's context class loader, which with some
 * threads is none or that of the platform, where there are none; then the loader of Jakarta Mail's implementation serves.
 */
final class HandlerLoader {

    private static final ClassLoader NONE = new ClassLoader(null) {};

    /** Whether a thread's loader finds the handlers. */
    private final Map<ClassLoader, Boolean> known = Collections.synchronizedMap(new WeakHashMap<>());

    /** Does something with a message. */
    void run(MimeMessage message, Action action) throws MessagingException, IOException {
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        if (known.computeIfAbsent(loader == null ? NONE : loader, unknown -> findsHandlers())) {
            action.run();
            return;
        }
        thread.setContextClassLoader(implementation(message.getSession()));
        try {
            action.run();
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    private static boolean findsHandlers() {
        try {
            return CommandMap.getDefaultCommandMap().createDataContentHandler("multipart/mixed") != null;
        } catch (RuntimeException | ServiceConfigurationError e) {
            // It finds not even the parser of the files in which they are named.
            return false;
        }
    }

    private static ClassLoader implementation(Session session) {
        StreamProvider provider = session == null ? StreamProvider.provider() : session.getStreamProvider();
        return provider.getClass().getClassLoader();
    }

    /** What needs the handlers. */
    interface Action {
        void run() throws MessagingException, IOException;
    }
}
