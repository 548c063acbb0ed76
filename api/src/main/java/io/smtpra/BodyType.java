package io.smtpra;

/** What octets a content may hold: the {@code BODY} parameter of {@code MAIL} (RFC 6152, RFC 3030). */
public enum BodyType {
    /** Octets below 128 in lines. */
    SEVEN_BIT("7BIT"),
    /** Any octets in lines (RFC 6152). */
    EIGHT_BIT_MIME("8BITMIME"),
    /** Any octets, lines or not (RFC 3030); only with {@code BDAT}. */
    BINARY_MIME("BINARYMIME");

    private final String parameterValue;

    BodyType(String parameterValue) {
        this.parameterValue = parameterValue;
    }

    /**
     * The value as it stands in the command.
     *
     * @return {@code 7BIT}, {@code 8BITMIME} or {@code BINARYMIME}
     */
    public String parameterValue() {
        return parameterValue;
    }
}
