package io.smtpra.it;

import io.smtpra.it.app.ManySenders;
import io.smtpra.it.app.SendingServlet;
import java.util.List;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The application of {@link SendingServlet}, and what can be asked of it. */
final class SendingApplication {

    private final WildFly wildFly;

    SendingApplication(WildFly wildFly) {
        this.wildFly = wildFly;
    }

    static WebArchive archive() {
        return ShrinkWrap.create(WebArchive.class, "sender.war")
                .addClasses(SendingServlet.class, ManySenders.class)
                .addAsManifestResource(
                        new StringAsset("Dependencies: deployment." + Archives.RAR + ", com.h2database.h2\n"),
                        "MANIFEST.MF");
    }

    /** Writes a row into each database and sends mails of these subjects, in one transaction. */
    List<String> transaction(String databases, String end, String subjects) {
        return request("do transaction\ndatabases " + databases + "\nend " + end + "\nmails " + subjects);
    }

    List<String> request(String orders) {
        return wildFly.request("/sender/send", orders).lines().toList();
    }

    static List<String> subjects(SmtpPeer peer) {
        return peer.mails().stream()
                .map(mail -> mail.content().lines().findFirst().orElseThrow().replace("Subject: ", ""))
                .toList();
    }
}
