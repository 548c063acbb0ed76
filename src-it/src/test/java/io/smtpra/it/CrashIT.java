package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.OutcomeBean;
import io.smtpra.it.app.Outcomes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The server is killed under load, again and again, then shut down: each mail that was answered 250 is kept. */
class CrashIT {

    private static final int ROUNDS = 3;
    private static final int CONNECTIONS = 8;

    @Test
    void whatWasAnsweredIsKept() throws Exception {
        Set<String> toOne = new HashSet<>();
        Set<String> toBoth = new HashSet<>();
        try (CrashingServer server = new CrashingServer()) {
            server.start();
            server.deploy(Archives.look());
            server.query("create table " + Outcomes.TABLE);
            server.deploy(Archives.rar());
            server.deploy(Archives.beans("one.jar", Archives.RAR, Map.of("recipients", "*@one.example.com"),
                    OutcomeBean.class));
            server.deploy(Archives.beans("two.jar", Archives.RAR, Map.of("recipients", "*@two.example.com"),
                    OutcomeBean.class));
            for (int round = 0; round <= ROUNDS; round++) {
                try (Load one = new Load(server.smtpPort(), CONNECTIONS, "a@one.example.com");
                        Load both = new Load(server.smtpPort(), CONNECTIONS, "a@one.example.com",
                                "b@two.example.com")) {
                    one.awaitDelivered(50);
                    both.awaitDelivered(50);
                    if (round < ROUNDS) {
                        server.kill();
                    } else {
                        server.shutDown();
                    }
                    one.stop();
                    both.stop();
                    toOne.addAll(one.delivered());
                    toBoth.addAll(both.delivered());
                }
                server.start();
            }
            check(toOne, server.query("select ID from OUTCOME group by ID having count(*) = 1"));
            check(toBoth, server.query("select ID from OUTCOME group by ID having count(*) = 2"));
            assertThat(server.query("select ID from OUTCOME group by ID having count(*) > 2")).isEmpty();
        }
    }

    /** Beside what was answered there may be what was committed just before the kill: the sender has it still. */
    private static void check(Set<String> answered, List<Map<String, String>> rows) {
        List<String> kept = rows.stream().map(row -> row.get("ID")).toList();
        assertThat(kept).containsAll(answered);
        assertThat(kept.size() - answered.size()).isLessThanOrEqualTo(ROUNDS * CONNECTIONS);
    }
}
