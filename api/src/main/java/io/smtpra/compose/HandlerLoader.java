package io.smtpra.compose;

import jakarta.activation.CommandMap;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.StreamProvider;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.WeakHashMap;

/**
 * Lets Jakarta Mail find its content handlers. It looks for them by the thread's context class loader, which with some
 * threads is none or that of the platform, where there are none; then our own loader serves, or that of Jakarta Mail's
 * implementation.
 */
final class HandlerLoader {

    private static final ClassLoader NONE = new ClassLoader(null) {};

    /** Whether a thread's loader finds the handlers. */
    private final Map<ClassLoader, Boolean> known = Collections.synchronizedMap(new WeakHashMap<>());

    /** Does something with a message. */
    void run(MimeMessage message, Action action) throws MessagingException, IOException {
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        if (findsHandlers(loader)) {
            action.run();
            return;
        }
        try {
            for (ClassLoader other : List.of(HandlerLoader.class.getClassLoader(), implementation(message))) {
                thread.setContextClassLoader(other);
                if (findsHandlers(other)) {
                    break;
                }
            }
            action.run();
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    /** Whether a loader finds them; it is the one of the thread. */
    private boolean findsHandlers(ClassLoader loader) {
        return known.computeIfAbsent(loader == null ? NONE : loader, unknown -> findsHandlers());
    }

    private static boolean findsHandlers() {
        try {
            return CommandMap.getDefaultCommandMap().createDataContentHandler("multipart/mixed") != null;
        } catch (RuntimeException | ServiceConfigurationError e) {
            // It finds not even the parser of the files in which they are named.
            return false;
        }
    }

    private static ClassLoader implementation(MimeMessage message) {
        Session session = message.getSession();
        StreamProvider provider = session == null ? StreamProvider.provider() : session.getStreamProvider();
        return provider.getClass().getClassLoader();
    }

    /** What needs the handlers. */
    interface Action {
        void run() throws MessagingException, IOException;
    }
}
