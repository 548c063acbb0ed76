package io.smtpra.it;

import io.smtpra.it.app.CallerBean;
import io.smtpra.it.app.MailerBean;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/**
 * Users in a security domain of the server, and an adapter that authenticates them: {@code alice}, who has the role
 * {@code mailer}, {@code bob}, who does not, and {@code mallory}, who may not log in.
 */
final class MailUsers {

    static final String DOMAIN = "MailDomain";
    static final String ALICE = "alice";
    static final String ALICES_PASSWORD = "wonder land";
    static final String BOB = "bob";
    static final String BOBS_PASSWORD = "builder";

    static final String MALLORY = "mallory";
    static final String MALLORYS_PASSWORD = "good enough";

    /** The table that {@link CallerBean} writes to. */
    static final String CALLERS = "CALLER (SUBJECT varchar(99), PRINCIPAL varchar(99), USER_NAME varchar(99),"
            + " IN_ROLE varchar(9), CALL varchar(9), CERTIFICATE varchar(99))";

    private static final Path RESOURCES = Path.of("src", "test", "resources");

    private MailUsers() {}

    /** The bean that writes to it, in a deployment of its own. */
    static JavaArchive callers(String name, Map<String, String> properties) {
        return Archives.beans(name, Archives.RAR, properties, CallerBean.class).addClass(MailerBean.class);
    }

    /** Sets them up with a script as an administrator would, and opens the ports for them. */
    static void setUp(WildFly server) {
        server.script(RESOURCES.resolve("users.cli"), RESOURCES.resolve("users-away.cli"));
        server.property("smtpra.security.domain", DOMAIN);
        server.property("smtpra.submission.port", String.valueOf(Ports.SUBMISSION));
        server.property("smtpra.submissions.port", String.valueOf(Ports.SUBMISSIONS));
    }
}
