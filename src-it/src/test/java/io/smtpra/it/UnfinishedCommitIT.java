package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.LateBean;
import io.smtpra.it.app.LateResource;
import io.smtpra.it.app.OutcomeBean;
import io.smtpra.it.app.Outcomes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A resource that cannot be reached when a transaction of several beans commits: it is committed one day. */
@ExtendWith(ArquillianExtension.class)
class UnfinishedCommitIT {

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @TempDir
    private Path directory;

    @Test
    void theCommitIsFinishedByTheNextStartOfTheAdapter() throws Exception {
        Path reachable = directory.resolve("reachable");
        WILDFLY.table(Outcomes.TABLE);
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(Archives.beans("one.jar", Archives.RAR, Map.of("recipients", "*@one.example.com"),
                OutcomeBean.class));
        WILDFLY.deploy(Archives.beans("two.jar", Archives.RAR, Map.of("recipients", "*@two.example.com"),
                LateBean.class).addClass(LateResource.class));
        assertThat(Dialogue.send(reachable.toString(), "a@one.example.com", "b@two.example.com"))
                .startsWith("451 4.3.0");
        WILDFLY.log().await("prepared transaction [0-9a-f]+ of .* did not commit");

        WILDFLY.undeploy("one.jar");
        WILDFLY.undeploy("two.jar");
        WILDFLY.undeploy(Archives.RAR);
        // It comes back while the adapter is gone, so that nobody but its next start can end the transaction.
        Files.createFile(reachable);
        WILDFLY.deploy(Archives.rar());

        WILDFLY.log().await("transaction [0-9a-f]+, which was left open, has ended: COMMIT");
        assertThat(WILDFLY.query("select * from OUTCOME")).as("what the other bean has kept stays").hasSize(1);
    }
}
