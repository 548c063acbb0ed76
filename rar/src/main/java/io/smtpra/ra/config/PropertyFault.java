package io.smtpra.ra.config;

import java.util.Locale;
import java.util.Objects;

/**
 * One property that is wrong.
 *
 * @param property its name
 * @param value what it was set to; never a secret, and free of control characters
 * @param allowed what it may be set to
 */
public record PropertyFault(String property, String value, String allowed) {

    private static final int MAX_SHOWN = 200;

    /** Hides secrets and makes the value fit to be shown. */
    public PropertyFault {
        Objects.requireNonNull(property, "property");
        Objects.requireNonNull(allowed, "allowed");
        value = shown(property, value);
    }

    @Override
    public String toString() {
        return "property '" + property + "' is '" + value + "', allowed: " + allowed;
    }

    private static String shown(String property, String value) {
        if (value == null || value.isEmpty()) {
            return "";
        }
        if (property.toLowerCase(Locale.ROOT).contains("password")) {
            return "(secret)";
        }
        String cut = value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "…" : value;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
