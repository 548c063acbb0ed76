package io.smtpra.it;

import java.nio.file.Path;

/**
 * Users of the mailbox, in the security domain that it asks: {@code mona} sees all mail, {@code ben} what is for him.
 */
final class MailboxUsers {

    static final String MONA = "mona";
    static final String MONAS_PASSWORD = "lisa smiles";
    static final String BEN = "ben";
    static final String BENS_PASSWORD = "big clock";
    /** Known to the server, without a role in the mailbox. */
    static final String EVE = "eve";
    static final String EVES_PASSWORD = "apple pie";

    private static final Path RESOURCES = Path.of("src", "test", "resources");

    private MailboxUsers() {}

    /** Sets them up with a script as an administrator would; the application is to be deployed after it. */
    static void setUp(WildFly server) {
        server.script(RESOURCES.resolve("mailbox-users.cli"), RESOURCES.resolve("mailbox-users-away.cli"));
    }
}
