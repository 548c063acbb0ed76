package io.smtpra.ra.inbound.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.inbound.SmtpActivationSpec;
import io.smtpra.ra.inbound.routing.Activation;
import jakarta.resource.spi.InvalidPropertyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever is requested, withdrawn and given back: no bound is passed, nobody is passed over, nobody is forgotten. */
class DeliveryPermitsTest {

    private static final int MAX_GRANTED = 4;
    private static final int MAX_WAITING = 6;

    /** Something that happens: a request to the beans of a bit mask, or the end of one that runs or waits. */
    private record Step(Kind kind, int number) {}

    private enum Kind {
        REQUEST,
        GIVE_BACK,
        WITHDRAW,
        STOP_BEAN
    }

    private final List<BeanDeliveries<Delivery>> beans = List.of(bean(1), bean(2), bean(3));
    private final DeliveryPermits permits = new DeliveryPermits(MAX_GRANTED, MAX_WAITING);
    private final List<Delivery> running = new ArrayList<>();
    private final List<Delivery> waiting = new ArrayList<>();

    @Property(tries = 200)
    void permitsAreKept(@ForAll("steps") List<Step> steps) {
        steps.forEach(step -> {
            take(step);
            check();
        });
        while (!running.isEmpty()) {
            granted(permits.giveBack(running.remove(0)));
            check();
        }
        assertThat(waiting).as("forgotten").isEmpty();
        assertThat(permits.granted()).isZero();
    }

    @Property(tries = 1)
    void theLongestWaitIsThatOfTheFirstInTheQueue() {
        while (waiting.isEmpty()) {
            assertThat(permits.longestWait()).isZero();
            request(1);
        }
        Duration alone = permits.longestWait();
        request(1);
        Duration second = waiting.get(1).sinceQueued();
        assertThat(permits.longestWait()).isGreaterThan(alone).isGreaterThan(second);
        waiting.forEach(permits::withdraw);
        assertThat(permits.longestWait()).isZero();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(6, Kind.REQUEST), Tuple.of(4, Kind.GIVE_BACK),
                Tuple.of(1, Kind.WITHDRAW), Tuple.of(1, Kind.STOP_BEAN));
        return Combinators.combine(kinds, Arbitraries.integers().between(1, 7)).as(Step::new)
                .list().ofMaxSize(60);
    }

    private void take(Step step) {
        switch (step.kind()) {
            case REQUEST -> request(step.number());
            case GIVE_BACK -> {
                if (!running.isEmpty()) {
                    granted(permits.giveBack(running.remove(step.number() % running.size())));
                }
            }
            case WITHDRAW -> {
                if (!waiting.isEmpty()) {
                    assertThat(permits.withdraw(waiting.remove(step.number() % waiting.size()))).isTrue();
                    granted(permits.grantWaiting());
                }
            }
            case STOP_BEAN -> {
                List<Delivery> withdrawn = permits.withdrawAll(beans.get(step.number() % beans.size()));
                waiting.removeAll(withdrawn);
                granted(permits.grantWaiting());
            }
        }
    }

    private void request(int mask) {
        Delivery delivery = delivery(mask);
        switch (permits.request(delivery)) {
            case GRANTED -> running.add(delivery);
            case WAITING -> waiting.add(delivery);
            case REFUSED -> assertThat(waiting).hasSize(MAX_WAITING);
        }
    }

    private void granted(List<Delivery> next) {
        assertThat(waiting).containsAll(next);
        // Those who have something in common come in the order in which they have waited.
        List<Delivery> order = waiting.stream().filter(next::contains).toList();
        assertThat(next).isEqualTo(order);
        waiting.removeAll(next);
        running.addAll(next);
    }

    private void check() {
        assertThat(permits.granted()).isEqualTo(running.size()).isLessThanOrEqualTo(MAX_GRANTED);
        assertThat(permits.waiting()).isEqualTo(waiting.size()).isLessThanOrEqualTo(MAX_WAITING);
        Map<Activation, Integer> used = new HashMap<>();
        running.forEach(delivery -> delivery.parts().forEach(part -> used.merge(part.activation(), 1, Integer::sum)));
        used.forEach((bean, count) -> assertThat(count).isLessThanOrEqualTo(bean.config().maxConcurrency()));
        if (running.size() < MAX_GRANTED && !waiting.isEmpty()) {
            // The first that waits does so for a reason.
            assertThat(waiting.get(0).parts()).anyMatch(part ->
                    used.getOrDefault(part.activation(), 0) == part.activation().config().maxConcurrency());
        }
    }

    private Delivery delivery(int mask) {
        var mail = Mails.to("a@example.com");
        return new Delivery(mail, IntStream.range(0, beans.size()).filter(i -> (mask & 1 << i) != 0)
                .mapToObj(i -> new Delivery.Part(beans.get(i), mail.envelope())).toList());
    }

    private static BeanDeliveries<Delivery> bean(int maxConcurrency) {
        SmtpActivationSpec spec = Deliveries.spec("*");
        spec.setMaxConcurrency(String.valueOf(maxConcurrency));
        try {
            return new BeanDeliveries<>(
                    new Activation(FakeEndpoints.plain(new FakeTransactions(), mail -> {}), spec.toConfig()));
        } catch (InvalidPropertyException e) {
            throw new IllegalStateException(e);
        }
    }
}
