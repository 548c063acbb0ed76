package io.smtpra.ra.inbound.delivery;

import static io.smtpra.ra.inbound.delivery.Deliveries.LONG;
import static io.smtpra.ra.inbound.delivery.Deliveries.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import io.smtpra.Mailbox;
import io.smtpra.Peer;
import io.smtpra.Recipient;
import io.smtpra.RecipientAnswer;
import io.smtpra.event.MailLogKeys;
import io.smtpra.ra.inbound.SmtpActivationSpec;
import io.smtpra.ra.inbound.smtp.content.ReceivedMail;
import io.smtpra.ra.inbound.work.ServerThreads;
import io.smtpra.ra.inbound.work.ServerWork;
import io.smtpra.ra.telemetry.LogIds;
import io.smtpra.ra.telemetry.ThreadMdc;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

/** The ids of session and mail go with the work to the server's threads, and do not stay there. */
class LogIdsTest {

    @RegisterExtension
    final Deliveries deliveries = new Deliveries();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void haveAContext() {
        ThreadMdc.install();
    }

    @Test
    void aBeanHasThoseOfItsMail() throws Exception {
        InboundDelivery delivery = deliveries.start(config(1, 10, LONG, LONG, LONG));
        delivery.activate(FakeEndpoints.transacted(deliveries.transactions, mail -> note()), Deliveries.spec("*"));

        ReceivedMail first = Mails.to("a@example.com");
        ReceivedMail second = Mails.to("b@example.com");
        CompletableFuture.allOf(
                LogIds.ofSession("S1").get(() -> delivery.sink().deliver(first)).toCompletableFuture(),
                LogIds.ofSession("S2").get(() -> delivery.sink().deliver(second)).toCompletableFuture())
                .get(10, TimeUnit.SECONDS);

        assertThat(seen).containsExactly("S1 " + first.id(), "S2 " + second.id());
        assertThat(MDC.get(MailLogKeys.SESSION)).isNull();
    }

    @Test
    void aBeanThatIsAskedHasThoseOfTheSessionThatAsks() throws Exception {
        InboundDelivery delivery = deliveries.start(config(1, 10, LONG, LONG, LONG));
        SmtpActivationSpec spec = Deliveries.spec("*");
        spec.setVerifyRecipients("true");
        delivery.activate(FakeEndpoints.plain(deliveries.transactions, new MailListener() {
            @Override
            public void onMail(InboundMail mail) {
                // none comes
            }

            @Override
            public RecipientAnswer onRecipient(Recipient recipient, Optional<Mailbox> reversePath, Peer peer) {
                note();
                return RecipientAnswer.accepted();
            }
        }), spec);

        for (String session : List.of("S1", "S2")) {
            LogIds.ofSession(session).withMail("M" + session).get(() -> delivery.gate().check(
                    Mails.to("a@example.com").peer(), Optional.empty(),
                    Recipient.of(Mailbox.parse("a@example.com")))).toCompletableFuture().get(10, TimeUnit.SECONDS);
        }

        assertThat(seen).containsExactly("S1 MS1", "S2 MS2");
    }

    @Test
    void noThreadKeepsThoseOfTheSessionForWhichItWasMade() throws Exception {
        ServerThreads threads = new ServerThreads(deliveries.workManager);
        CountDownLatch done = new CountDownLatch(2);
        LogIds.ofSession("S1").run(() -> {
            threads.run(ServerWork.of("made", done::countDown, why -> { }));
            threads.after(Duration.ZERO, done::countDown);
        });
        done.await(10, TimeUnit.SECONDS);

        CountDownLatch noted = new CountDownLatch(2);
        Runnable note = () -> {
            note();
            noted.countDown();
        };
        threads.run(ServerWork.of("used", note, why -> { }));
        threads.after(Duration.ZERO, note);
        noted.await(10, TimeUnit.SECONDS);
        threads.close();

        assertThat(seen).containsExactly("null null", "null null");
    }

    private void note() {
        seen.add(MDC.get(MailLogKeys.SESSION) + " " + MDC.get(MailLogKeys.MAIL));
    }
}
