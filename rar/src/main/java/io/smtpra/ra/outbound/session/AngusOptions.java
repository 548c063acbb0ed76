package io.smtpra.ra.outbound.session;

import jakarta.mail.internet.MimeMessage;
import java.util.Optional;

/**
 * What an {@code SMTPMessage} says of its own sending. The class comes with Jakarta Mail's implementation, of the old
 * name or the new, in the application or the server: so it is known by its name, and asked by reflection.
 */
record AngusOptions(MimeMessage message, Optional<Class<?>> type) {

    static AngusOptions of(MimeMessage message) {
        Class<?> type = message.getClass();
        while (type != MimeMessage.class && !type.getName().endsWith(".mail.smtp.SMTPMessage")) {
            type = type.getSuperclass();
        }
        return new AngusOptions(message, type == MimeMessage.class ? Optional.empty() : Optional.of(type));
    }

    Optional<String> envelopeFrom() {
        return text("getEnvelopeFrom");
    }

    Optional<String> mailExtension() {
        return text("getMailExtension");
    }

    /** As the property has it: {@code NEVER}, or some of {@code SUCCESS,FAILURE,DELAY}. */
    Optional<String> notifyOptions() {
        int bits = ask("getNotifyOptions", Integer.class).orElse(0);
        if (bits == 0) {
            return Optional.empty();
        }
        if (bits == -1) {
            return Optional.of("NEVER");
        }
        StringBuilder words = new StringBuilder();
        String[] names = {"SUCCESS", "FAILURE", "DELAY"};
        for (int i = 0; i < names.length; i++) {
            if ((bits & 1 << i) != 0) {
                words.append(words.isEmpty() ? "" : ",").append(names[i]);
            }
        }
        return Optional.of(words.toString());
    }

    /** As the property has it: {@code FULL} or {@code HDRS}. */
    Optional<String> returnOption() {
        return switch (ask("getReturnOption", Integer.class).orElse(0)) {
            case 1 -> Optional.of("FULL");
            case 2 -> Optional.of("HDRS");
            default -> Optional.empty();
        };
    }

    boolean allow8bitMime() {
        return ask("getAllow8bitMIME", Boolean.class).orElse(false);
    }

    boolean sendPartial() {
        return ask("getSendPartial", Boolean.class).orElse(false);
    }

    private Optional<String> text(String getter) {
        return ask(getter, String.class).filter(text -> !text.isEmpty());
    }

    private <T> Optional<T> ask(String getter, Class<T> answer) {
        return type.map(known -> {
            try {
                return answer.cast(known.getMethod(getter).invoke(message));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(known.getName() + " has no " + getter + "(), as it should", e);
            }
        });
    }
}
