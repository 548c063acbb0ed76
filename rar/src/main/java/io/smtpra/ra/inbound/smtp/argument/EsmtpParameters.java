package io.smtpra.ra.inbound.smtp.argument;

import io.smtpra.ra.inbound.smtp.reply.Refusal;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The parameters of MAIL and RCPT (RFC 5321 section 4.1.2): {@code KEYWORD} or {@code KEYWORD=value}, separated by
 * blanks.
 */
public final class EsmtpParameters {

    private static final Pattern KEYWORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*");

    private final Map<String, Optional<String>> byKeyword;

    private EsmtpParameters(Map<String, Optional<String>> byKeyword) {
        this.byKeyword = byKeyword;
    }

    public static EsmtpParameters parse(String text) throws Refusal {
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
        return new EsmtpParameters(read);
    }

    public boolean isEmpty() {
        return byKeyword.isEmpty();
    }

    /** The keywords, in upper case, in their order. */
    public Set<String> keywords() {
        return Collections.unmodifiableSet(byKeyword.keySet());
    }

    /**
     * The value of a keyword as James passes it.
     *
     * @return empty where there is none; what can be no value stays so, also where it is empty itself
     */
    public String text(String keyword) {
        return byKeyword.get(keyword).map(value -> value.isEmpty() ? "=" : value).orElse("");
    }

    /** Takes a parameter that has a value. */
    Optional<String> takeValue(String keyword) throws Refusal {
        Optional<String> value = byKeyword.remove(keyword);
        if (value == null) {
            return Optional.empty();
        }
        if (value.filter(EsmtpParameters::isValue).isEmpty()) {
            throw new Refusal(SmtpReplies.BAD_PARAMETER);
        }
        return value;
    }

    /**
     * Takes a parameter that is an ornament, without which the mail is as good: whatever its value is, it costs no
     * mail.
     *
     * @return the value, if it has one that can be a value
     */
    public Optional<String> takeOrnament(String keyword) {
        Optional<String> value = byKeyword.remove(keyword);
        return value == null ? Optional.empty() : value.filter(EsmtpParameters::isValue);
    }

    /** RFC 5321 esmtp-value, with the UTF-8 of RFC 6531; a line has no control characters anyway. */
    static boolean isValue(String value) {
        return !value.isEmpty() && value.indexOf('=') < 0;
    }
}
