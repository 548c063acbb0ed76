package io.smtpra.ra.inbound.delivery;

import static io.smtpra.ra.inbound.delivery.Deliveries.DELIVERED;
import static io.smtpra.ra.inbound.delivery.Deliveries.LONG;
import static io.smtpra.ra.inbound.delivery.Deliveries.config;
import static io.smtpra.ra.inbound.delivery.Deliveries.deliver;
import static io.smtpra.ra.inbound.delivery.Deliveries.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.MailListener;
import io.smtpra.ra.Eventually;
import io.smtpra.ra.inbound.routing.BeanReplies;
import io.smtpra.ra.inbound.smtp.content.DeliveryOutcome;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What an endpoint is told, whatever fails: {@code afterDelivery} follows each {@code beforeDelivery} that has
 * returned, and each endpoint is released; and permits always come back.
 */
class EndpointPairingTest {

    private static final DeliveryOutcome FAILED = new DeliveryOutcome.Refused(BeanReplies.FAILED);
    private static final DeliveryOutcome STOPPED = new DeliveryOutcome.Refused(BeanReplies.STOPPED);

    @RegisterExtension
    final Deliveries deliveries = new Deliveries();

    /** A release that fails comes after the commit: what is kept is kept. */
    @ParameterizedTest(name = "the container fails at {0}")
    @CsvSource(delimiter = '|', textBlock = """
            create  | create                            | stopped
            before  | create before release             | failed
            after   | create before call after release  | failed
            release | create before call after release  | delivered
            """)
    void oneBean(String step, String events, String outcome) throws Exception {
        InboundDelivery delivery = deliveries.start(config(1, 0, LONG, LONG, LONG));
        FakeEndpoints endpoints = FakeEndpoints.transacted(deliveries.transactions, mail -> {});
        delivery.activate(endpoints, spec("*"));
        endpoints.fails = step;

        assertThat(deliver(delivery, Mails.to("a@example.com"))).isEqualTo(outcome(outcome));
        assertThat(endpoints.events).containsExactly(events.split(" "));
        assertNextIsDelivered(delivery, endpoints, "a@example.com");
    }

    @Test
    void aTransactionThatCannotBeWatchedRollsBack() throws Exception {
        InboundDelivery delivery = deliveries.start(config(1, 0, LONG, LONG, LONG));
        FakeEndpoints endpoints = FakeEndpoints.transacted(deliveries.transactions, mail -> {});
        delivery.activate(endpoints, spec("*"));
        deliveries.transactions.fault = FakeTransactions.Fault.CANNOT_BE_WATCHED;

        assertThat(deliver(delivery, Mails.to("a@example.com"))).isEqualTo(FAILED);
        assertThat(endpoints.events).containsExactly("create", "before", "after", "release");
        assertThat(deliveries.transactions.log).containsExactly("rolled back");
        deliveries.transactions.fault = FakeTransactions.Fault.NONE;
        assertNextIsDelivered(delivery, endpoints, "a@example.com");
    }

    @Test
    void aBeanThatThrowsIsPairedAsWell() throws Exception {
        InboundDelivery delivery = deliveries.start(config(1, 0, LONG, LONG, LONG));
        FakeEndpoints endpoints = FakeEndpoints.plain(deliveries.transactions, throwing());
        delivery.activate(endpoints, spec("*"));

        assertThat(deliver(delivery, Mails.to("a@example.com"))).isEqualTo(FAILED);
        assertThat(endpoints.events).containsExactly("create", "before", "call", "after", "release");
    }

    /** Within an imported transaction there is neither before nor after, and all of them commit or none. */
    @ParameterizedTest(name = "the container fails at {0} of the second bean")
    @CsvSource(delimiter = '|', textBlock = """
            create  | create              | stopped
            release | create call release | failed
            """)
    void twoBeans(String step, String events, String outcome) throws Exception {
        InboundDelivery delivery = deliveries.start(config(1, 0, LONG, LONG, LONG));
        FakeEndpoints first = FakeEndpoints.transacted(deliveries.transactions, mail -> {});
        FakeEndpoints second = FakeEndpoints.transacted(deliveries.transactions, mail -> {});
        delivery.activate(first, spec("*@one.example.com"));
        delivery.activate(second, spec("*@two.example.com"));
        second.fails = step;

        assertThat(deliver(delivery, Mails.to("a@one.example.com", "b@two.example.com"))).isEqualTo(outcome(outcome));
        assertThat(first.events).containsExactly("create", "call", "release");
        assertThat(second.events).containsExactly(events.split(" "));
        assertThat(deliveries.transactions.log).containsExactly("rollback");
        assertNextIsDelivered(delivery, second, "a@one.example.com", "b@two.example.com");
    }

    @Test
    void theFirstOfTwoBeansFailsAndTheSecondIsNotCalled() throws Exception {
        InboundDelivery delivery = deliveries.start(config(1, 0, LONG, LONG, LONG));
        FakeEndpoints first = FakeEndpoints.transacted(deliveries.transactions, throwing());
        FakeEndpoints second = FakeEndpoints.transacted(deliveries.transactions, mail -> {});
        delivery.activate(first, spec("*@one.example.com"));
        delivery.activate(second, spec("*@two.example.com"));

        assertThat(deliver(delivery, Mails.to("a@one.example.com", "b@two.example.com"))).isEqualTo(FAILED);
        assertThat(first.events).containsExactly("create", "call", "release");
        assertThat(second.events).isEmpty();
        assertThat(deliveries.transactions.log).containsExactly("rollback");
    }

    @Test
    void aBeanThatSetsRollbackOnlyInASharedTransactionIsBelieved() throws Exception {
        InboundDelivery delivery = deliveries.start(config(1, 0, LONG, LONG, LONG));
        delivery.activate(FakeEndpoints.transacted(deliveries.transactions,
                mail -> deliveries.transactions.setRollbackOnly()), spec("*@one.example.com"));
        delivery.activate(FakeEndpoints.transacted(deliveries.transactions, mail -> {}), spec("*@two.example.com"));

        assertThat(deliver(delivery, Mails.to("a@one.example.com", "b@two.example.com"))).isEqualTo(FAILED);
        assertThat(deliveries.transactions.log).containsExactly("rollback");
    }

    private static MailListener throwing() {
        return mail -> {
            throw new IOException("disk");
        };
    }

    private static void assertNextIsDelivered(InboundDelivery delivery, FakeEndpoints mended, String... recipients)
            throws Exception {
        mended.fails = "";
        List<String> before = List.copyOf(mended.events);
        Eventually.isTrue(() -> Deliveries.submit(delivery, recipients).join().equals(DELIVERED));
        assertThat(mended.events).hasSizeGreaterThan(before.size());
    }

    private static DeliveryOutcome outcome(String name) {
        return switch (name) {
            case "delivered" -> DELIVERED;
            case "stopped" -> STOPPED;
            default -> FAILED;
        };
    }
}
