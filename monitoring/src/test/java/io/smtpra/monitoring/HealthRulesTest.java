package io.smtpra.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When an adapter is ready, and when it is not. */
class HealthRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final String LISTENER = ",listener=\"127.0.0.1:2525\"";

    private final FakeBeans beans = new FakeBeans();

    @AfterEach
    void close() throws Exception {
        beans.close();
    }

    @Test
    void withoutAnAdapterNothingIsReady() {
        assertThat(rules(0, 0).listeners().isGood()).isFalse();
        assertThat(rules(0, 0).listeners().data()).isEqualTo(Map.of("adapters", 0L));
    }

    @Test
    void allListenersMustTakeConnections() throws Exception {
        statistics(0, 10, 0);
        assertThat(rules(0, 0).listeners().isGood()).as("an adapter that only sends").isTrue();
        Map<String, Object> listeners = beans.add("type=Listeners" + LISTENER,
                Map.of("Listeners", new String[] {"smtp 127.0.0.1:2525 open", "submission 127.0.0.1:2587 open"}));
        assertThat(rules(0, 0).listeners().isGood()).isTrue();

        listeners.put("Listeners", new String[] {"smtp 127.0.0.1:2525 open", "submission 127.0.0.1:2587 paused"});

        assertThat(rules(0, 0).listeners().isGood()).isFalse();
        assertThat(rules(0, 0).listeners().data()).isEqualTo(Map.of("adapters", 1L,
                "smtp 127.0.0.1:2525", "open", "submission 127.0.0.1:2587", "paused"));
    }

    @Test
    void noCertificateMayExpireWithinTheTime() throws Exception {
        Map<String, Object> certificates = beans.add("type=Certificates" + LISTENER, Map.of("Expires", ""));
        assertThat(rules(14, 0).certificates().isGood()).as("there is none").isTrue();

        certificates.put("Expires", NOW.plus(Duration.ofDays(14).plusSeconds(1)).toString());
        assertThat(rules(14, 0).certificates().isGood()).isTrue();
        certificates.put("Expires", NOW.plus(Duration.ofDays(14)).toString());
        assertThat(rules(14, 0).certificates().isGood()).isFalse();
        assertThat(rules(0, 0).certificates().isGood()).isTrue();
        certificates.put("Expires", NOW.minusSeconds(1).toString());
        assertThat(rules(0, 0).certificates().isGood()).as("expired a moment ago").isFalse();
        assertThat(rules(0, 0).certificates().data()).isEqualTo(Map.of("limit days", 0L,
                "expires 127.0.0.1:2525", "2026-11-29T11:59:59Z"));
    }

    @Test
    void deliveriesMustNotBeStuck() throws Exception {
        Map<String, Object> figures = statistics(3, 10, 30);
        assertThat(rules(0, 0).deliveries().isGood()).isTrue();
        assertThat(rules(0, 0).deliveries().data()).isEqualTo(Map.of("limit seconds", 30L,
                "waiting 127.0.0.1:2525", "3 of 10", "oldest seconds 127.0.0.1:2525", 30L));

        figures.put("DeliveriesOldestSeconds", 31L);
        assertThat(rules(0, 0).deliveries().isGood()).as("waits too long").isFalse();
        figures.put("DeliveriesOldestSeconds", 0L);
        figures.put("DeliveriesQueued", 10L);
        assertThat(rules(0, 0).deliveries().isGood()).as("no room").isFalse();
        figures.put("DeliveriesQueued", 0L);
        figures.put("DeliveriesQueueLimit", 0L);
        assertThat(rules(0, 0).deliveries().isGood()).as("nothing may wait, and nothing does").isTrue();
    }

    @Test
    void theQueueIsJudgedByItsAgeOnlyIfThatIsWanted() throws Exception {
        Map<String, Object> queue = beans.add("type=MailQueue,application=\"shop\"", Map.of("Waiting", 7L,
                "OldestSeconds", 601L, "Factories", new String[] {
                    "java:/smtp/relay: 7 waiting, 0 of them being sent, oldest since x, paused, last minute 0 sent",
                    "java:/smtp/other: 0 waiting, last minute 0 sent"}));
        assertThat(rules(0, 0).queues().isGood()).isTrue();
        assertThat(rules(0, 600).queues().isGood()).isFalse();
        assertThat(rules(0, 601).queues().isGood()).isTrue();
        assertThat(rules(0, 0).queues().data()).isEqualTo(Map.of("limit seconds", 0L, "waiting shop", 7L,
                "oldest seconds shop", 601L, "java:/smtp/relay", "paused"));

        queue.remove("Waiting");
        assertThat(rules(0, 0).queues().isGood()).as("its database does not answer").isFalse();
    }

    private Map<String, Object> statistics(long queued, long limit, long oldest) throws Exception {
        return beans.add("type=Statistics" + LISTENER, Map.of("DeliveriesQueued", queued,
                "DeliveriesQueueLimit", limit, "DeliveriesOldestSeconds", oldest));
    }

    private static HealthRules rules(int days, int queueSeconds) {
        return new HealthRules(new ManagedBeans(), new HealthLimits(
                Duration.ofDays(days), Duration.ofSeconds(30), Duration.ofSeconds(queueSeconds)),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
