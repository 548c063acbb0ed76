package io.smtpra.compose;

import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.lang.reflect.Method;
import java.util.Set;

/** Which classes derived from Jakarta Mail's have a way of their own to be saved or written. */
final class OwnClasses {

    private static final Set<String> WRITING = Set.of("writeTo", "saveChanges", "updateHeaders", "updateMessageID",
            "getDataHandler", "getContent", "getContentStream", "getRawInputStream", "getContentType", "getEncoding",
            "getAllHeaderLines", "getNonMatchingHeaderLines", "getHeader", "getCount", "getBodyPart");

    private static final ClassValue<Boolean> KNOWN = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            for (Class<?> c = type; !isJakartaMails(c); c = c.getSuperclass()) {
                for (Method method : c.getDeclaredMethods()) {
                    if (WRITING.contains(method.getName())) {
                        return true;
                    }
                }
            }
            return false;
        }
    };

    private OwnClasses() {}

    static boolean writesItself(MimeMessage message) {
        return message.getClass() != MimeMessage.class && KNOWN.get(message.getClass());
    }

    static boolean writesItself(MimeBodyPart part) {
        return part.getClass() != MimeBodyPart.class && KNOWN.get(part.getClass());
    }

    static boolean writesItself(MimeMultipart multipart) {
        return multipart.getClass() != MimeMultipart.class && KNOWN.get(multipart.getClass());
    }

    private static boolean isJakartaMails(Class<?> type) {
        return type == MimeMessage.class || type == MimeBodyPart.class || type == MimeMultipart.class;
    }
}
