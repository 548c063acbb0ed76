package io.smtpra;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An SMTP reply (RFC 5321 section 4.2), sent or received.
 *
 * @param code 200 to 599
 * @param enhancedStatusCode the code of RFC 2034, where there is one
 * @param lines the text, a line each, without codes; at least one, each free of control characters
 */
public record Reply(int code, Optional<EnhancedStatusCode> enhancedStatusCode, List<String> lines)
        implements Serializable {

    /**
     * Copies the lines and refuses what cannot be a reply.
     *
     * @throws IllegalArgumentException if the code is out of range, there is no line, or a line has a control character
     */
    public Reply {
        Objects.requireNonNull(enhancedStatusCode, "enhancedStatusCode");
        lines = List.copyOf(lines);
        if (code < 200 || code > 599) {
            throw new IllegalArgumentException("A reply code is 200 to 599, not " + code);
        }
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("A reply has at least one line");
        }
        lines.forEach(Reply::requireNoControlCharacter);
    }

    /**
     * A reply of one line.
     *
     * @param code 200 to 599
     * @param enhancedStatusCode as {@code 5.7.1}
     * @param text the text, without codes
     * @return the reply
     * @throws IllegalArgumentException if it cannot be a reply
     */
    public static Reply of(int code, String enhancedStatusCode, String text) {
        return new Reply(code, Optional.of(EnhancedStatusCode.parse(enhancedStatusCode)), List.of(text));
    }

    /**
     * Whether it says yes, or go on.
     *
     * @return true for 2xx and 3xx
     */
    public boolean isPositive() {
        return code < 400;
    }

    /**
     * Whether it says no for now: trying again later may succeed (RFC 5321 section 4.2.1).
     *
     * @return true for 4xx
     */
    public boolean isTransient() {
        return code >= 400 && code < 500;
    }

    /**
     * Whether it says no for good.
     *
     * @return true for 5xx
     */
    public boolean isPermanent() {
        return code >= 500;
    }

    /**
     * The text without codes, on one line.
     *
     * @return the lines, joined by a blank
     */
    public String text() {
        return lines.size() == 1 ? lines.get(0) : String.join(" ", lines);
    }

    @Override
    public String toString() {
        return code + enhancedStatusCode.map(status -> " " + status).orElse("") + " " + text();
    }

    /** An {@code Optional} is not serialisable. */
    private Object writeReplace() {
        return new Form(code, enhancedStatusCode.orElse(null), new ArrayList<>(lines));
    }

    private record Form(int code, EnhancedStatusCode status, ArrayList<String> lines) implements Serializable {

        private Object readResolve() {
            return new Reply(code, Optional.ofNullable(status), lines);
        }
    }

    private static void requireNoControlCharacter(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i))) {
                throw new IllegalArgumentException("The text of a reply has no control characters");
            }
        }
    }
}
