package io.smtpra.ra.inbound.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ListenerKind;
import io.smtpra.Recipient;
import io.smtpra.Reply;
import io.smtpra.ra.inbound.SmtpActivationSpec;
import io.smtpra.ra.inbound.routing.BeanReplies;
import io.smtpra.ra.inbound.work.ServerContracts;
import jakarta.resource.ResourceException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnclaimedRecipientTest {

    private final FakeTransactions transactions = new FakeTransactions();
    private final FakeWorkManager workManager = new FakeWorkManager(transactions);
    private final InboundDelivery delivery = delivery(Duration.ZERO);
    private final FakeEndpoints bean = FakeEndpoints.plain(transactions, mail -> {});

    @AfterEach
    void stop() {
        delivery.stop(Duration.ZERO);
        workManager.close();
    }

    @Test
    void beforeAnyBeanHasComeItIsRefusedForNow() {
        assertThat(check(delivery, "joe@example.com")).contains(BeanReplies.STOPPED);
    }

    @Test
    void withABeanForOthersItIsRefusedForGood() throws ResourceException {
        delivery.activate(bean, spec("*@example.com"));
        assertThat(check(delivery, "joe@example.com")).isEmpty();
        assertThat(check(delivery, "joe@example.org")).contains(BeanReplies.RELAYING_DENIED);
    }

    @Test
    void inTheGracePeriodItIsRefusedForNow() throws ResourceException {
        InboundDelivery young = delivery(Duration.ofHours(1));
        young.activate(bean, spec("*@example.com"));
        assertThat(check(young, "joe@example.org")).contains(BeanReplies.STOPPED);
        young.stop(Duration.ZERO);
    }

    @Test
    void ofADomainThatIsOursItIsRefusedForNowWhoeverIsActive() throws ResourceException {
        InboundDelivery node = delivery(Duration.ZERO, "example.org", "*.example.net", "BÜCHER.example");
        node.activate(bean, spec("*@example.com"));
        assertThat(check(node, "joe@example.com")).isEmpty();
        for (String ours : List.of("joe@example.org", "joe+x@EXAMPLE.org", "joe@a.b.example.net",
                "joe@xn--bcher-kva.example")) {
            assertThat(check(node, ours)).as(ours).contains(BeanReplies.STOPPED);
        }
        for (String foreign : List.of("joe@sub.example.org", "joe@example.net", "joe@example.test")) {
            assertThat(check(node, foreign)).as(foreign).contains(BeanReplies.RELAYING_DENIED);
        }
        node.stop(Duration.ZERO);
    }

    @Test
    void ofAStoppedBeanItIsRefusedForNowUntilAnotherTakesIt() throws ResourceException {
        delivery.activate(FakeEndpoints.plain(transactions, mail -> {}), spec("*@example.net"));
        delivery.activate(bean, spec("*@example.com"));
        delivery.deactivate(bean);
        assertThat(check(delivery, "joe@example.com")).contains(BeanReplies.STOPPED);
        assertThat(check(delivery, "joe@example.org")).contains(BeanReplies.RELAYING_DENIED);
        delivery.activate(bean, spec("*@example.com"));
        assertThat(check(delivery, "joe@example.com")).isEmpty();
    }

    @Test
    void theSamePatternTwiceNamesBothBeans() throws ResourceException {
        FakeEndpoints other = new FakeEndpoints(transactions, false, mail -> {}, OtherBean.class);
        delivery.activate(bean, spec("*@example.com"));
        assertThatThrownBy(() -> delivery.activate(other, spec("joe@example.com, *@EXAMPLE.com")))
                .isInstanceOf(ResourceException.class)
                .hasMessageContaining(FakeEndpoints.class.getName())
                .hasMessageContaining(OtherBean.class.getName())
                .hasMessageContaining("'*@example.com'");
        assertThat(check(delivery, "joe@example.com")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Controller Boot Thread", "management-handler-thread - 3"})
    void whileTheServerResumesABadBeanIsLeftOutAndNothingIsRefusedForGood(String thread) throws Exception {
        delivery.activate(FakeEndpoints.plain(transactions, mail -> {}), spec("*@example.net"));
        AtomicReference<Exception> thrown = new AtomicReference<>();
        Thread resuming = new Thread(() -> {
            try {
                spec("nonsense").validate();
                delivery.activate(bean, spec("nonsense"));
            } catch (ResourceException e) {
                thrown.set(e);
            }
        }, thread);
        resuming.start();
        resuming.join();

        assertThat(thrown).hasNullValue();
        assertThat(check(delivery, "joe@example.com")).contains(BeanReplies.STOPPED);
        delivery.deactivate(bean);
        assertThat(check(delivery, "joe@example.com")).contains(BeanReplies.RELAYING_DENIED);
        assertThatThrownBy(() -> delivery.activate(bean, spec("nonsense"))).isInstanceOf(ResourceException.class);
    }

    /** Another bean's class. */
    private static final class OtherBean {}

    private InboundDelivery delivery(Duration gracePeriod, String... localDomains) {
        return new InboundDelivery(
                new ServerContracts(workManager, transactions, transactions),
                new DeliveryConfig(10, 10, Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(5)),
                Deliveries.routing(gracePeriod, localDomains),
                Deliveries.PARSER);
    }

    private static Optional<Reply> check(InboundDelivery delivery, String recipient) {
        return delivery.gate().check(Mails.peer(ListenerKind.SMTP), Optional.empty(), Recipient.of(recipient))
                .toCompletableFuture().join();
    }

    private static SmtpActivationSpec spec(String recipients) {
        SmtpActivationSpec spec = new SmtpActivationSpec();
        spec.setRecipients(recipients);
        return spec;
    }
}
