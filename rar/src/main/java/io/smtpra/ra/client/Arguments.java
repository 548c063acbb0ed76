package io.smtpra.ra.client;

/** Refuses arguments that would break a command line, without repeating them. */
final class Arguments {

    private Arguments() {}

    /** Visible ASCII alone, at least one character and at most 255: a name or an address literal. */
    static void requireWord(String what, String value) {
        if (value.isEmpty() || value.length() > 255 || !value.chars().allMatch(c -> c > 32 && c < 127)) {
            throw new IllegalArgumentException(what + " is 1 to 255 visible ASCII characters");
        }
    }
}
