package io.smtpra.ra.inbound;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import java.lang.reflect.Method;
import org.slf4j.MDC;

/** The call of a bean's {@code onMail}: with the mail's id in the log's context, and the mail valid for its length alone. */
final class BeanCall {

    /** The key of the mail's id in the log's context. */
    static final String MDC_KEY = "smtpra.mail";

    /** The method that beans are called by. */
    static final Method ON_MAIL = method();

    private final MailParser parser;

    BeanCall(MailParser parser) {
        this.parser = parser;
    }

    void onMail(MailListener bean, Delivery delivery, Delivery.Part part) throws Exception {
        DeliveredMail mail = new DeliveredMail(delivery.mail(), part.envelope(), parser);
        MDC.put(MDC_KEY, mail.id());
        try {
            bean.onMail(mail);
        } finally {
            mail.expire();
            MDC.remove(MDC_KEY);
        }
    }

    private static Method method() {
        try {
            return MailListener.class.getMethod("onMail", InboundMail.class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }
}
