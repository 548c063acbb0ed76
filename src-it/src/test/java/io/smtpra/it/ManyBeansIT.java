package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.HeldBean;
import io.smtpra.it.app.Outcomes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code docs/many-beans.cli}: 200 slow beans at once. */
class ManyBeansIT {

    private static final int MANY = 200;
    private static final Path SCRIPT = Path.of(System.getProperty("it.docs"), "many-beans.cli");

    @TempDir
    Path directory;

    @Test
    void twoHundredDeliveriesRunAtOnce() throws Exception {
        try (CrashingServer server = new CrashingServer()) {
            server.start();
            server.script(SCRIPT);
            server.kill();
            server.start("-Dsmtpra.bootstrap.context=smtp", "-Dsmtpra.max.deliveries=" + MANY,
                    "-Dsmtpra.max.connections.per.address=1000");
            server.deploy(Archives.look());
            server.query("create table " + Outcomes.TABLE);
            server.deploy(Archives.rar());
            server.deploy(Archives.beans("held.jar", Archives.RAR,
                    Map.of("recipients", "*@example.com", "maxConcurrency", Integer.toString(MANY)), HeldBean.class));

            MailsInBean held = new MailsInBean(directory, server.smtpPort());
            List<CompletableFuture<String>> mails = held.send(MANY, "a@example.com");
            held.await(MANY);
            assertThat(mails).noneMatch(CompletableFuture::isDone);
            held.letGo();

            for (CompletableFuture<String> reply : mails) {
                assertThat(reply.get(60, TimeUnit.SECONDS)).startsWith("250 ");
            }
            assertThat(server.query("select distinct ID from OUTCOME")).hasSize(MANY);
        }
    }
}
