package io.smtpra.ra.client;

/** Beginnings and parts of scripts. */
public final class Scripts {

    private Scripts() {}

    /** Up to the reply to EHLO, which offers these. */
    public static String greeted(String... extensions) {
        return "S: 220 mx.example.org ready\n" + hello(extensions);
    }

    /** EHLO and its reply. */
    public static String hello(String... extensions) {
        StringBuilder script = new StringBuilder("C: EHLO client.example.com\n");
        script.append(extensions.length == 0 ? "S: 250 mx.example.org\n" : "S: 250-mx.example.org\n");
        for (int i = 0; i < extensions.length; i++) {
            script.append(i == extensions.length - 1 ? "S: 250 " : "S: 250-").append(extensions[i]).append('\n');
        }
        return script.toString();
    }

    /** The envelope of {@link Mails#ENVELOPE} in one group, answered. */
    public static final String GROUP_TO_354 = """
            C: MAIL FROM:<a@example.com>
            C: RCPT TO:<b@example.org>
            C: DATA
            S: 250 2.1.0 sender ok
            S: 250 2.1.5 recipient ok
            S: 354 go ahead
            """;

    /** The same, and the content taken. */
    public static final String MAIL = GROUP_TO_354 + """
            CONTENT
            S: 250 2.0.0 Ok: queued as 4F2B91C0D
            """;

    /** The same, one command at a time. */
    public static final String MAIL_ALONE = """
            C: MAIL FROM:<a@example.com>
            S: 250 ok
            C: RCPT TO:<b@example.org>
            S: 250 ok
            C: DATA
            S: 354 go ahead
            CONTENT
            S: 250 2.0.0 Ok: queued as 4F2B91C0D
            """;

    /** A polite end. */
    public static final String QUIT = """
            C: QUIT
            S: 221 bye
            EOF
            """;
}
