package io.smtpra.ra.inbound.smtp.argument;

import io.smtpra.ra.inbound.smtp.reply.Refusal;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The parameters of MAIL and RCPT (RFC 5321 section 4.1.2): {@code KEYWORD} or {@code KEYWORD=value}, separated by
 * blanks. Each is taken once; what nobody has taken at the end is unknown.
 */
public final class Parameters {

    private static final Pattern KEYWORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*");

    private final Map<String, Optional<String>> byKeyword;

    private Parameters(Map<String, Optional<String>> byKeyword) {
        this.byKeyword = byKeyword;
    }

    public static Parameters parse(String text) throws Refusal {
        Map<String, Optional<String>> read = new LinkedHashMap<>();
        for (String parameter : text.isEmpty() ? new String[0] : text.split(" +")) {
            int equals = parameter.indexOf('=');
            String keyword = equals < 0 ? parameter : parameter.substring(0, equals);
            Optional<String> value = equals < 0 ? Optional.empty() : Optional.of(parameter.substring(equals + 1));
            if (!KEYWORD.matcher(keyword).matches()) {
                throw new Refusal(SmtpReplies.BAD_PARAMETER);
            }
            if (read.putIfAbsent(keyword.toUpperCase(Locale.ROOT), value) != null) {
                throw new Refusal(SmtpReplies.REPEATED_PARAMETER);
            }
        }
        return new Parameters(read);
    }

    boolean isEmpty() {
        return byKeyword.isEmpty();
    }

    /** Takes a parameter that has a value. */
    Optional<String> takeValue(String keyword) throws Refusal {
        Optional<String> value = byKeyword.remove(keyword);
        if (value == null) {
            return Optional.empty();
        }
        if (value.filter(Parameters::isValue).isEmpty()) {
            throw new Refusal(SmtpReplies.BAD_PARAMETER);
        }
        return value;
    }

    /**
     * Takes a parameter that is an ornament, without which the mail is as good: whatever its value is, it costs no mail.
     *
     * @return the value, if it has one that can be a value
     */
    public Optional<String> takeOrnament(String keyword) {
        Optional<String> value = byKeyword.remove(keyword);
        return value == null ? Optional.empty() : value.filter(Parameters::isValue);
    }

    /** Takes a parameter that has none. */
    boolean takeFlag(String keyword) throws Refusal {
        Optional<String> value = byKeyword.remove(keyword);
        if (value == null) {
            return false;
        }
        if (value.isPresent()) {
            throw new Refusal(SmtpReplies.BAD_PARAMETER);
        }
        return true;
    }

    /** Refuses what nobody has taken. */
    void refuseRest() throws Refusal {
        if (!byKeyword.isEmpty()) {
            throw new Refusal(SmtpReplies.UNKNOWN_PARAMETER);
        }
    }

    /** RFC 5321 esmtp-value, with the UTF-8 of RFC 6531; a line has no control characters anyway. */
    private static boolean isValue(String value) {
        return !value.isEmpty() && value.indexOf('=') < 0;
    }
}
