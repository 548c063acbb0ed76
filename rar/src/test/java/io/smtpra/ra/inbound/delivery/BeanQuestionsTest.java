package io.smtpra.ra.inbound.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.DirectoryAnswer;
import io.smtpra.InboundMail;
import io.smtpra.ListenerKind;
import io.smtpra.MailListener;
import io.smtpra.MailRejectedException;
import io.smtpra.Mailbox;
import io.smtpra.Peer;
import io.smtpra.QueueAnswer;
import io.smtpra.Recipient;
import io.smtpra.RecipientAnswer;
import io.smtpra.Reply;
import io.smtpra.ra.Eventually;
import io.smtpra.ra.inbound.SmtpActivationSpec;
import io.smtpra.ra.inbound.routing.BeanReplies;
import io.smtpra.ra.inbound.work.ServerContracts;
import jakarta.resource.ResourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeanQuestionsTest {

    private static final Peer PEER = Mails.peer(ListenerKind.SMTP);

    private final FakeTransactions transactions = new FakeTransactions();
    private final FakeWorkManager workManager = new FakeWorkManager(transactions);
    private final InboundDelivery delivery = new InboundDelivery(
            new ServerContracts(workManager, transactions, transactions),
            new DeliveryConfig(10, 10, Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(5)),
            Deliveries.routing(Duration.ZERO),
            Deliveries.PARSER);

    @AfterEach
    void stop() {
        delivery.stop(Duration.ZERO);
        workManager.close();
    }

    /** A bean that knows two users and a list. */
    private static final class Knowing implements MailListener {

        @Override
        public void onMail(InboundMail mail) {
            throw new AssertionError("no mail is delivered here");
        }

        @Override
        public RecipientAnswer onRecipient(Recipient recipient, Optional<Mailbox> reversePath, Peer peer)
                throws Exception {
            return switch (recipient.mailbox().localPart()) {
                case "joe" -> RecipientAnswer.accepted();
                case "full" -> RecipientAnswer.overQuota();
                case "later" -> RecipientAnswer.later();
                case "shy" -> throw MailRejectedException.permanent(550, "5.7.13", "Not you");
                case "broken" -> throw new IllegalStateException("broken");
                default -> RecipientAnswer.unknown();
            };
        }

        @Override
        public DirectoryAnswer onVerify(String query, Peer peer) {
            return query.contains("joe")
                    ? DirectoryAnswer.found(List.of(Mailbox.parse("joe@example.com")))
                    : DirectoryAnswer.unknown();
        }

        @Override
        public DirectoryAnswer onExpand(String query, Peer peer) {
            return DirectoryAnswer.found(
                    List.of(Mailbox.parse("joe@example.com"), Mailbox.parse("jane@example.com")));
        }

        @Override
        public QueueAnswer onQueueRequest(String node, Peer peer) throws Exception {
            if (node.startsWith("broken")) {
                throw new IllegalStateException("broken");
            }
            return QueueAnswer.started();
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            joe@example.com,    accepted
            none@example.com,   550 5.1.1 No such mailbox
            full@example.com,   452 4.2.2 Mailbox is full
            later@example.com,  451 4.3.0 Try again later
            shy@example.com,    550 5.7.13 Not you
            broken@example.com, '451 4.3.0 Mail could not be processed, try again later'
            joe@example.org,    550 5.7.1 Relaying denied
            """)
    void aBeanIsAskedAboutRecipients(String recipient, String answer) throws Exception {
        delivery.activate(FakeEndpoints.plain(transactions, new Knowing()), spec("*@example.com", true));
        assertThat(check(recipient).map(Reply::toString).orElse("accepted")).isEqualTo(answer);
    }

    @Test
    void aBeanThatDoesNotWantToBeAskedIsNot() throws Exception {
        FakeEndpoints endpoints = FakeEndpoints.plain(transactions, new Knowing());
        delivery.activate(endpoints, spec("*@example.com", false));
        assertThat(check("none@example.com")).isEmpty();
        assertThat(endpoints.events).isEmpty();
    }

    @Test
    void aServerWithoutAThreadLeavesTheQuestionForLater() throws Exception {
        delivery.activate(FakeEndpoints.plain(transactions, new Knowing()), spec("*@example.com", true));
        workManager.rejects = true;
        assertThat(check("joe@example.com")).contains(BeanReplies.BUSY);
        workManager.rejects = false;
        assertThat(check("joe@example.com")).isEmpty();
    }

    @Test
    void questionsThatTheServerRejectsLeaveNoRoomForMoreAtATime() throws Exception {
        delivery.activate(FakeEndpoints.plain(transactions, new Knowing()), spec("*@example.net", true));
        workManager.rejects = true;
        for (int i = 0; i < 20; i++) {
            assertThat(check("joe@example.net")).contains(BeanReplies.BUSY);
        }
        workManager.rejects = false;
        aFewQuestionsAreAskedAtATime();
    }

    @Test
    void aBeanThatHangsDisturbsNoOther() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger hanging = new AtomicInteger();
        delivery.activate(FakeEndpoints.plain(transactions, new MailListener() {
            @Override
            public void onMail(InboundMail mail) {
                throw new AssertionError("no mail is delivered here");
            }

            @Override
            public RecipientAnswer onRecipient(Recipient recipient, Optional<Mailbox> reversePath, Peer peer)
                    throws InterruptedException {
                hanging.incrementAndGet();
                go.await();
                return RecipientAnswer.accepted();
            }

            @Override
            public DirectoryAnswer onVerify(String query, Peer peer) throws InterruptedException {
                go.await();
                return DirectoryAnswer.unknown();
            }
        }), spec("*@example.org", true));
        delivery.activate(FakeEndpoints.plain(transactions, new Knowing()), spec("*@example.com", true));
        List<CompletableFuture<Optional<Reply>>> hang = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            hang.add(delivery.gate().check(PEER, Optional.empty(), Recipient.of("u" + i + "@example.org"))
                    .toCompletableFuture());
        }
        Eventually.isTrue(() -> hanging.get() == 8);

        assertThat(check("joe@example.com")).isEmpty();
        assertThat(check("none@example.com").map(Reply::code)).contains(550);
        assertThat(get(delivery.directory().verify(PEER, "joe@example.com")).code()).isEqualTo(250);
        assertThat(get(delivery.directory().startQueue(PEER, "example.com")).code()).isEqualTo(250);
        assertThat(hang).noneMatch(CompletableFuture::isDone);
        go.countDown();
        for (CompletableFuture<Optional<Reply>> answer : hang) {
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEmpty();
        }
    }

    @Test
    void aFewQuestionsAreAskedAtATime() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger most = new AtomicInteger();
        AtomicInteger atOnce = new AtomicInteger();
        delivery.activate(FakeEndpoints.plain(transactions, new MailListener() {
            @Override
            public void onMail(InboundMail mail) {
                throw new AssertionError("no mail is delivered here");
            }

            @Override
            public RecipientAnswer onRecipient(Recipient recipient, Optional<Mailbox> reversePath, Peer peer)
                    throws InterruptedException {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                go.await();
                atOnce.decrementAndGet();
                return RecipientAnswer.accepted();
            }
        }), spec("*", true));
        List<CompletableFuture<Optional<Reply>>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(delivery.gate().check(PEER, Optional.empty(), Recipient.of("u" + i + "@example.com"))
                    .toCompletableFuture());
        }
        Eventually.isTrue(() -> atOnce.get() == 8);
        go.countDown();
        for (CompletableFuture<Optional<Reply>> answer : answers) {
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEmpty();
        }
        assertThat(most.get()).isLessThanOrEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            joe@example.com,             250
            Joe Doe <joe@example.com>,   250
            joe,                         250
            jane@example.com,            550
            joe@example.org,             550
            """)
    void usersAreVerifiedByTheBeanThatTakesTheirMail(String query, int code) throws Exception {
        delivery.activate(FakeEndpoints.plain(transactions, new Knowing()), spec("*@example.com", false));
        assertThat(get(delivery.directory().verify(PEER, query)).code()).isEqualTo(code);
    }

    @Test
    void aBeanThatSaysNothingDisclosesNothing() throws Exception {
        delivery.activate(FakeEndpoints.plain(transactions, mail -> {}), spec("*", false));
        assertThat(get(delivery.directory().verify(PEER, "joe@example.com")).code()).isEqualTo(252);
        assertThat(get(delivery.directory().expand(PEER, "staff")).code()).isEqualTo(252);
        assertThat(get(delivery.directory().startQueue(PEER, "example.com")).code()).isEqualTo(459);
    }

    @Test
    void aListIsExpanded() throws Exception {
        delivery.activate(FakeEndpoints.plain(transactions, new Knowing()), spec("*@example.com", false));
        assertThat(get(delivery.directory().expand(PEER, "staff@example.com")).lines())
                .containsExactly("<joe@example.com>", "<jane@example.com>");
    }

    @ParameterizedTest
    @CsvSource({"example.com, 250", "@example.com, 250", "example.org, 459", "#slow, 250", "broken.example.com, 458"})
    void aQueueIsStartedByTheBeanOfTheDomain(String node, int code) throws Exception {
        delivery.activate(FakeEndpoints.plain(transactions, new Knowing()),
                spec("*@example.com, *@*.example.com", false));
        assertThat(get(delivery.directory().startQueue(PEER, node)).code()).isEqualTo(code);
    }

    private Optional<Reply> check(String recipient) throws Exception {
        return get(delivery.gate().check(PEER, Optional.empty(), Recipient.of(recipient)));
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static SmtpActivationSpec spec(String recipients, boolean verify) throws ResourceException {
        SmtpActivationSpec spec = new SmtpActivationSpec();
        spec.setRecipients(recipients);
        spec.setVerifyRecipients(Boolean.toString(verify));
        return spec;
    }
}
