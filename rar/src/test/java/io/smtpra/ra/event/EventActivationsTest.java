package io.smtpra.ra.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ListenerKind;
import io.smtpra.Peer;
import io.smtpra.event.ConnectionOpened;
import io.smtpra.event.SessionEnded;
import io.smtpra.event.SmtpEvent;
import io.smtpra.event.SmtpEventKind;
import io.smtpra.event.SmtpEventListener;
import io.smtpra.ra.Eventually;
import io.smtpra.ra.inbound.delivery.FakeTransactions;
import io.smtpra.ra.inbound.delivery.FakeWorkManager;
import io.smtpra.ra.inbound.work.ServerThreads;
import io.smtpra.ra.telemetry.Statistic;
import io.smtpra.ra.telemetry.Telemetry;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventActivationsTest {

    private final FakeWorkManager workManager = new FakeWorkManager(new FakeTransactions());
    private final ServerThreads threads = new ServerThreads(workManager);
    private final Telemetry telemetry = new Telemetry();
    private final EventActivations activations = new EventActivations(threads, telemetry, Duration.ofSeconds(5));
    private final List<SmtpEvent> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch go = new CountDownLatch(1);

    @AfterEach
    void end() {
        go.countDown();
        activations.close();
        threads.close();
        workManager.close();
    }

    @Test
    void aBeanHearsOfAllInTheirOrder() throws Exception {
        activations.activate(new Bean(heard::add), new EventActivationSpec());
        List<SmtpEvent> told = IntStream.range(0, 500).<SmtpEvent>mapToObj(i -> opened("S" + i)).toList();

        told.forEach(telemetry.events()::tell);

        Eventually.isTrue(() -> heard.size() == 500);
        assertThat(heard).isEqualTo(told);
        assertThat(telemetry.value(Statistic.EVENTS_TOLD)).isEqualTo(500);
    }

    @Test
    void aBeanHearsOfWhatItHasAskedForAlone() throws Exception {
        EventActivationSpec spec = new EventActivationSpec();
        spec.setKinds("session-ended, connection-refused");
        spec.setListeners("submission");
        activations.activate(new Bean(heard::add), spec);

        assertThat(telemetry.events().isWanted(SmtpEventKind.SESSION_ENDED)).isTrue();
        assertThat(telemetry.events().isWanted(SmtpEventKind.CONNECTION_OPENED)).isFalse();
        telemetry.events().tell(opened("S1"));
        telemetry.events().tell(ended(ListenerKind.SMTP));
        telemetry.events().tell(ended(ListenerKind.SUBMISSION));

        Eventually.isTrue(() -> !heard.isEmpty());
        assertThat(heard).singleElement().isEqualTo(ended(ListenerKind.SUBMISSION));
    }

    @Test
    void whereNobodyListensNothingIsWanted() throws Exception {
        MessageEndpointFactory bean = new Bean(heard::add);
        activations.activate(bean, new EventActivationSpec());
        activations.deactivate(bean);

        assertThat(SmtpEventKind.values()).noneMatch(telemetry.events()::isWanted);
    }

    @Test
    void aBeanThatHangsCostsEventsAndNobodyTime() throws Exception {
        EventActivationSpec spec = new EventActivationSpec();
        spec.setQueueSize("10");
        CountDownLatch called = new CountDownLatch(1);
        activations.activate(new Bean(event -> {
            called.countDown();
            go.await();
            heard.add(event);
        }), spec);

        telemetry.events().tell(opened("first"));
        called.await();
        IntStream.range(0, 30).forEach(i -> telemetry.events().tell(opened("S" + i)));

        assertThat(telemetry.value(Statistic.EVENTS_DROPPED)).isEqualTo(20);
        go.countDown();
        Eventually.isTrue(() -> heard.size() == 11);
        telemetry.events().tell(opened("last"));
        Eventually.isTrue(() -> heard.size() == 12);
    }

    @Test
    void anEventWithWhichABeanFailsIsLostAndTheNextOneIsTold() throws Exception {
        activations.activate(new Bean(event -> {
            if (((ConnectionOpened) event).session().equals("bad")) {
                throw new IllegalStateException("no");
            }
            heard.add(event);
        }), new EventActivationSpec());

        telemetry.events().tell(opened("bad"));
        telemetry.events().tell(opened("good"));

        Eventually.isTrue(() -> !heard.isEmpty());
        assertThat(telemetry.value(Statistic.EVENTS_FAILED)).isEqualTo(1);
        assertThat(telemetry.value(Statistic.EVENTS_TOLD)).isEqualTo(1);
    }

    @Test
    void theEndOfABeanWaitsForItsCall() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        MessageEndpointFactory bean = new Bean(event -> {
            called.countDown();
            go.await();
            heard.add(event);
        });
        activations.activate(bean, new EventActivationSpec());
        telemetry.events().tell(opened("first"));
        telemetry.events().tell(opened("second"));
        called.await();

        CompletableFuture<Void> end = CompletableFuture.runAsync(() -> activations.deactivate(bean));
        Eventually.isTrue(() -> !telemetry.events().isWanted(SmtpEventKind.CONNECTION_OPENED));
        assertThat(end).isNotDone();
        go.countDown();
        end.get(10, TimeUnit.SECONDS);

        assertThat(heard).singleElement().isEqualTo(opened("first"));
    }

    @Test
    void eventsWaitForAThreadOfTheServer() throws Exception {
        workManager.rejects = true;
        activations.activate(new Bean(heard::add), new EventActivationSpec());
        telemetry.events().tell(opened("S1"));
        Eventually.isTrue(() -> !heard.isEmpty() || workManager.rejects);
        workManager.rejects = false;

        Eventually.isTrue(() -> heard.size() == 1);
    }

    @Test
    void aBeanThatIsNotThereCostsEvents() throws Exception {
        Bean bean = new Bean(heard::add);
        bean.available = false;
        activations.activate(bean, new EventActivationSpec());

        telemetry.events().tell(opened("S1"));

        Eventually.isTrue(() -> telemetry.value(Statistic.EVENTS_DROPPED) == 1);
    }

    @Test
    void aHookHearsOfAllWhereItHappensAndItsFaultsCostNothing() {
        activations.listen(event -> {
            heard.add(event);
            throw new IllegalStateException(Thread.currentThread().getName());
        });

        telemetry.events().tell(opened("S1"));
        telemetry.events().tell(ended(ListenerKind.SUBMISSION));

        assertThat(heard).containsExactly(opened("S1"), ended(ListenerKind.SUBMISSION));
        assertThat(telemetry.value(Statistic.EVENTS_FAILED)).isEqualTo(2);
        activations.close();
        assertThat(telemetry.events().isWanted(SmtpEventKind.CONNECTION_OPENED)).isFalse();
    }

    @Test
    void badPropertiesAreNamedInOneMessage() {
        EventActivationSpec spec = new EventActivationSpec();
        spec.setKinds("mail-accepted, mail-lost");
        spec.setListeners("imap");
        spec.setQueueSize("0");

        assertThatThrownBy(spec::validate).isInstanceOf(InvalidPropertyException.class)
                .hasMessageContaining("'kinds' is 'mail-lost', allowed: authenticated, authentication-failed, conn")
                .hasMessageContaining("'listeners' is 'imap', allowed: smtp, submission, submissions")
                .hasMessageContaining("'queueSize' is '0', allowed: 1 to 1000000");
    }

    private static SmtpEvent opened(String session) {
        return new ConnectionOpened(Instant.EPOCH, session, peer(ListenerKind.SMTP));
    }

    private static SmtpEvent ended(ListenerKind listener) {
        return new SessionEnded(
                Instant.EPOCH, "S", peer(listener), SessionEnded.Cause.CLOSED, Optional.empty());
    }

    private static Peer peer(ListenerKind listener) {
        return new Peer(new InetSocketAddress("192.0.2.7", 4711), Optional.empty(), "", listener, Optional.empty(),
                Optional.empty());
    }

    /** A bean without a server. */
    private static final class Bean implements MessageEndpointFactory {

        private final SmtpEventListener listener;
        private volatile boolean available = true;

        Bean(SmtpEventListener listener) {
            this.listener = listener;
        }

        @Override
        public MessageEndpoint createEndpoint(XAResource resource) throws UnavailableException {
            if (!available) {
                throw new UnavailableException("stopped");
            }
            return new Endpoint();
        }

        @Override
        public MessageEndpoint createEndpoint(XAResource resource, long timeout) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isDeliveryTransacted(Method method) {
            return false;
        }

        @Override
        public String getActivationName() {
            return "bean";
        }

        @Override
        public Class<?> getEndpointClass() {
            return Bean.class;
        }

        private final class Endpoint implements MessageEndpoint, SmtpEventListener {

            @Override
            public void onEvent(SmtpEvent event) throws Exception {
                listener.onEvent(event);
            }

            @Override
            public void beforeDelivery(Method method) {
                throw new UnsupportedOperationException("the container decides about transactions");
            }

            @Override
            public void afterDelivery() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void release() {
                // nothing to free
            }
        }
    }
}
