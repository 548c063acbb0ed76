package io.smtpra.testkit;

import java.io.IOException;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Opens the inbox that {@link SmtpInbox} describes. */
final class SmtpInboxExtension implements ParameterResolver, BeforeEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(SmtpInboxExtension.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        inbox(context).clear();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Inbox.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return inbox(context);
    }

    private static Inbox inbox(ExtensionContext context) {
        Class<?> test = context.getRequiredTestClass();
        return classOf(context).getStore(NAMESPACE).getOrComputeIfAbsent(Opened.class,
                key -> new Opened(open(AnnotationSupport.findAnnotation(test, SmtpInbox.class).orElseThrow())),
                Opened.class).inbox;
    }

    /** Of a method, the context of its class, so that all methods have the same. */
    private static ExtensionContext classOf(ExtensionContext context) {
        ExtensionContext found = context;
        while (found.getTestMethod().isPresent()) {
            found = found.getParent().orElseThrow();
        }
        return found;
    }

    private static Inbox open(SmtpInbox wanted) {
        Inbox.Builder builder = Inbox.builder().port(wanted.port()).tls(wanted.tls());
        if (!wanted.user().isEmpty()) {
            builder.user(wanted.user(), wanted.password());
        }
        try {
            return builder.open();
        } catch (IOException e) {
            throw new IllegalStateException("The inbox cannot be opened: " + e.getMessage(), e);
        }
    }

    /** Closed by JUnit after the class. */
    private record Opened(Inbox inbox) implements CloseableResource, AutoCloseable {

        @Override
        public void close() {
            inbox.close();
        }
    }
}
