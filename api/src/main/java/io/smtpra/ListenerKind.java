package io.smtpra;

/** The kinds of port on which mail comes in. */
public enum ListenerKind {
    /** Mail from other servers, by custom on port 25 (RFC 5321). */
    SMTP("smtp"),
    /** Mail from users, upgraded with STARTTLS, by custom on port 587 (RFC 6409). */
    SUBMISSION("submission"),
    /** Mail from users over implicit TLS, by custom on port 465 (RFC 8314). */
    SUBMISSIONS("submissions");

    private final String configurationName;

    ListenerKind(String configurationName) {
        this.configurationName = configurationName;
    }

    /**
     * The name of this kind in configuration.
     *
     * @return {@code smtp}, {@code submission} or {@code submissions}
     */
    public String configurationName() {
        return configurationName;
    }
}
