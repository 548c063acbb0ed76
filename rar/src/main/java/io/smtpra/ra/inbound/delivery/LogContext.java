package io.smtpra.ra.inbound.delivery;

import java.util.function.Supplier;
import org.slf4j.MDC;

/** The log's context (MDC): all that is logged while a mail is delivered, by whomever, can be told by the mail's id. */
final class LogContext {

    /** The key of the mail's id. */
    static final String MAIL = "smtpra.mail";

    private LogContext() {}

    /** Does something about a mail. */
    static <T> T of(Delivery delivery, Supplier<T> step) {
        MDC.put(MAIL, delivery.mail().id());
        try {
            return step.get();
        } finally {
            MDC.remove(MAIL);
        }
    }

    /** Does something about a mail. */
    static void of(Delivery delivery, Runnable step) {
        of(delivery, () -> {
            step.run();
            return null;
        });
    }
}
