package io.smtpra.ra.config;

import java.util.Locale;
import java.util.Objects;

/**
 * One property that is wrong.
 *
 * @param property its name
 * @param complaint what it is set to, never a secret and free of control characters, and what is wrong with that
 */
public record PropertyFault(String property, String complaint) {

    private static final int MAX_SHOWN = 200;

    /** Refuses nulls. */
    public PropertyFault {
        Objects.requireNonNull(property, "property");
        Objects.requireNonNull(complaint, "complaint");
    }

    /**
     * A value that is not one of those that are allowed.
     *
     * @param property the property's name
     * @param value what it was set to
     * @param allowed what it may be set to
     * @return the fault
     */
    public static PropertyFault notAllowed(String property, String value, String allowed) {
        return new PropertyFault(property, " is '" + shown(property, value) + "', allowed: " + allowed);
    }

    /**
     * A value that is well-formed, but what it stands for can't be used.
     *
     * @param property the property's name
     * @param value what it was set to
     * @param reason why it can't be used
     * @return the fault
     */
    public static PropertyFault unusable(String property, String value, String reason) {
        String shown = shown(property, value);
        return new PropertyFault(property, (shown.isEmpty() ? "" : " is '" + shown + "'") + ": " + reason);
    }

    @Override
    public String toString() {
        return "property '" + property + "'" + complaint;
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
