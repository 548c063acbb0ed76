package io.smtpra.it;

import java.nio.file.Path;

/**
 * Users in a security domain of the server, and an adapter that authenticates them: {@code alice}, who has the role
 * {@code mailer}, and {@code bob}, who has none.
 */
final class MailUsers {

    static final String DOMAIN = "MailDomain";
    static final String ALICE = "alice";
    static final String ALICES_PASSWORD = "wonder land";
    static final String BOB = "bob";
    static final String BOBS_PASSWORD = "builder";

    private static final Path RESOURCES = Path.of("src", "test", "resources");
    private static final Path DOCUMENTED = Path.of("..", "docs", "wildfly", "authentication.cli");

    private MailUsers() {}

    /** Sets them up with the script that the documentation has, and opens the ports for them. */
    static void setUp(WildFly server) {
        Cli.run(RESOURCES.resolve("users.cli"), script -> script);
        server.script(DOCUMENTED, script -> script.replace("ApplicationDomain", DOMAIN),
                RESOURCES.resolve("users-away.cli"));
        server.property("smtpra.submission.port", String.valueOf(Ports.SUBMISSION));
        server.property("smtpra.submissions.port", String.valueOf(Ports.SUBMISSIONS));
    }
}
