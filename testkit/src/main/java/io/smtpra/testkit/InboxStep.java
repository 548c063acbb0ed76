package io.smtpra.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A step of a client's dialogue, at which a test may have it answered otherwise. */
public enum InboxStep {
    /** It has connected, and waits for the greeting. */
    CONNECT,
    /** {@code EHLO} or {@code HELO}. */
    HELLO("EHLO", "HELO"),
    /** {@code STARTTLS}. */
    STARTTLS("STARTTLS"),
    /** {@code AUTH}. */
    AUTH("AUTH"),
    /** {@code MAIL}. */
    MAIL("MAIL"),
    /** {@code RCPT}. */
    RECIPIENT("RCPT"),
    /** {@code DATA}, before the content. */
    DATA("DATA"),
    /** The content has been sent. */
    END_OF_DATA,
    /** {@code RSET}. */
    RESET("RSET"),
    /** {@code QUIT}. */
    QUIT("QUIT");

    private final List<String> verbs;

    InboxStep(String... verbs) {
        this.verbs = List.of(verbs);
    }

    /** The step that a command line is. */
    static Optional<InboxStep> of(String line) {
        String verb = line.strip().split(" ", 2)[0].toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(step -> step.verbs.contains(verb)).findFirst();
    }
}
