package io.smtpra.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smtpra.queue.bean.MailQueueMXBean;
import io.smtpra.ra.management.ManagedBean;
import io.smtpra.ra.management.StatisticsBean;
import io.smtpra.ra.telemetry.Statistic;
import io.smtpra.ra.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The adapter's own figures as meters. */
class SmtpMetersTest {

    private static final String LISTENER = "192.0.2.1:25";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Telemetry telemetry = new Telemetry();
    private final SmtpMeters meters = new SmtpMeters();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        meters.close();
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    @Test
    void eachStatisticIsAMeterUnderItsOwnName() {
        adapter(LISTENER);
        meters.bindTo(registry);
        assertThat(Statistic.values()).allSatisfy(statistic -> {
            Meter meter = meter(statistic, LISTENER);
            assertThat(meter instanceof FunctionCounter).isEqualTo(statistic.kind() == Statistic.Kind.COUNTER);
        });
        assertThat(registry.getMeters()).hasSize(Statistic.values().length);
    }

    @Test
    void aCountMovesItsMeterAndNoOther() {
        telemetry.add(Statistic.MAILS_REFUSED, 3);
        telemetry.accepted(40_000_000);
        adapter(LISTENER);
        meters.bindTo(registry);
        assertThat(value("smtpra.mails", "outcome", "refused")).isEqualTo(3);
        assertThat(value("smtpra.mails", "outcome", "accepted")).isZero();
        assertThat(value("smtpra.acceptance.seconds", "quantile", "0.5")).isCloseTo(0.040, within(0.006));
    }

    @Test
    void repliesAndNextHopsAreTags() {
        telemetry.replies().count("550 5.7.1");
        telemetry.nextHops().count("relay1.example.com:25 relay2.example.com:25 sent");
        adapter(LISTENER);
        meters.bindTo(registry);
        assertThat(value("smtpra.refusals", "reply", "550 5.7.1")).isEqualTo(1);
        assertThat(value("smtpra.outbound.sendings", "next_hop", "relay1.example.com:25 relay2.example.com:25",
                "outcome", "sent")).isEqualTo(1);

        telemetry.replies().count("451 4.3.0");
        Await.until(() -> {
            meters.look();
            return registry.find("smtpra.refusals").tags("reply", "451 4.3.0").meter() != null;
        });
    }

    @Test
    void adaptersComeAndGo() throws Exception {
        meters.bindTo(registry);
        assertThat(registry.getMeters()).isEmpty();
        adapter(LISTENER);
        adapter("192.0.2.2:25");
        meters.look();
        assertThat(registry.getMeters()).hasSize(2 * Statistic.values().length);
        open.remove(0).close();
        meters.look();
        assertThat(registry.getMeters()).hasSize(Statistic.values().length)
                .allSatisfy(meter -> assertThat(meter.getId().getTag("listener")).isEqualTo("192.0.2.2:25"));
        meters.close();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aRegistryThatRefusesAMeterIsTriedAgain() {
        AtomicBoolean refuses = new AtomicBoolean(true);
        SimpleMeterRegistry wayward = new SimpleMeterRegistry() {
            @Override
            public <T> T gauge(String name, Iterable<Tag> tags, T source, ToDoubleFunction<T> value) {
                if (refuses.get()) {
                    throw new IllegalArgumentException("no " + name);
                }
                return super.gauge(name, tags, source, value);
            }
        };
        adapter(LISTENER);
        meters.bindTo(wayward);
        refuses.set(false);
        meters.look();
        assertThat(wayward.getMeters()).hasSize(Statistic.values().length);
    }

    /** The names of the queue's attributes stand in two modules. */
    @Test
    void theQueuesAttributesAreThere() throws Exception {
        List<String> attributes = Arrays.stream(MailQueueMXBean.class.getMethods()).map(method -> method.getName())
                .filter(name -> name.startsWith("get")).map(name -> name.substring("get".length())).toList();
        assertThat(attributes).contains("Waiting", "OldestSeconds", "Factories", "Sending", "SetAside", "Sent",
                "Deferred", "Bounced", "Expired");
        FakeBeans beans = new FakeBeans();
        open.add(beans);
        beans.add("type=MailQueue,application=\"shop\"", Map.of("Waiting", 4L, "Deferred", 2L));
        meters.bindTo(registry);
        assertThat(registry.getMeters()).hasSize(8)
                .allSatisfy(meter -> assertThat(meter.getId().getTag("application")).isEqualTo("shop"));
        assertThat(value("smtpra.queue.waiting")).isEqualTo(4);
        assertThat(value("smtpra.queue.recipients", "outcome", "deferred")).isEqualTo(2);
    }

    private void adapter(String listener) {
        open.add(ManagedBean.register(new StatisticsBean(telemetry), "Statistics", listener));
    }

    private Meter meter(Statistic statistic, String listener) {
        String[] tags = Stream.concat(
                statistic.meter().tags().stream().flatMap(tag -> Stream.of(tag.getKey(), tag.getValue())),
                Stream.of("listener", listener)).toArray(String[]::new);
        return registry.get(statistic.meter().name()).tags(tags).meter();
    }

    private double value(String name, String... tags) {
        return registry.get(name).tags(tags).meter().measure().iterator().next().getValue();
    }

    /** A bean's figures are as they were for a second at most. */
    private static final class Await {

        static void until(java.util.function.BooleanSupplier condition) {
            long end = System.nanoTime() + 10_000_000_000L;
            while (!condition.getAsBoolean()) {
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.onSpinWait();
            }
        }
    }
}
