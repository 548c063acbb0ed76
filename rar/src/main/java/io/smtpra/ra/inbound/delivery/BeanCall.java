package io.smtpra.ra.inbound.delivery;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import io.smtpra.ra.inbound.mail.DeliveredMail;
import io.smtpra.ra.inbound.mail.MailParser;
import java.lang.reflect.Method;

/** The call of a bean's {@code onMail}: the mail is valid for its length alone. */
final class BeanCall {

    /** The method that beans are called by. */
    static final Method ON_MAIL = method();

    private final MailParser parser;

    BeanCall(MailParser parser) {
        this.parser = parser;
    }

    void onMail(MailListener bean, Delivery delivery, Delivery.Part part) throws Exception {
        DeliveredMail mail = new DeliveredMail(delivery.mail(), part.envelope(), parser);
        try {
            bean.onMail(mail);
        } finally {
            mail.expire();
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
