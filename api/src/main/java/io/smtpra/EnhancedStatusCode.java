package io.smtpra;

import java.io.Serializable;

/**
 * An enhanced mail system status code (RFC 3463), as {@code 5.7.1}.
 *
 * @param statusClass 2 (success), 4 (transient failure) or 5 (permanent failure)
 * @param subject 0 to 999
 * @param detail 0 to 999
 */
public record EnhancedStatusCode(int statusClass, int subject, int detail) implements Serializable {

    /**
     * Refuses what RFC 3463 section 2 does not allow.
     *
     * @throws IllegalArgumentException if a part is out of its range
     */
    public EnhancedStatusCode {
        if (statusClass != 2 && statusClass != 4 && statusClass != 5) {
            throw new IllegalArgumentException("The class of an enhanced status code is 2, 4 or 5, not " + statusClass);
        }
        if (subject < 0 || subject > 999 || detail < 0 || detail > 999) {
            throw new IllegalArgumentException("Subject and detail of an enhanced status code are 0 to 999, not "
                    + subject + " and " + detail);
        }
    }

    /**
     * Reads a code in its usual form.
     *
     * @param text as {@code 5.7.1}
     * @return the code
     * @throws IllegalArgumentException if it is not one
     */
    public static EnhancedStatusCode parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("An enhanced status code has three numbers, as in 5.7.1");
        }
        try {
            return new EnhancedStatusCode(
                    Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("An enhanced status code has three numbers, as in 5.7.1", e);
        }
    }

    @Override
    public String toString() {
        return statusClass + "." + subject + "." + detail;
    }
}
