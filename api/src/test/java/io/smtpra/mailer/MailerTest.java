package io.smtpra.mailer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.Reply;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.queue.MailQueue;
import io.smtpra.queue.MailQueueException;
import io.smtpra.queue.QueueOptions;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** How a mailer hands mails on; what becomes of them is tested where there is a server. */
class MailerTest {

    private final RecordingFactory factory = new RecordingFactory();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Mailer mailer = Mailer.of(factory).withExecutor(tasks::add);

    @Test
    void sendsAndClosesItsConnection() throws Exception {
        assertThat(mailer.send(mail()).state()).isEqualTo(SendReceipt.State.SENT);
        assertThat(factory.contents.get(0)).contains("Subject: s\r\n");
        assertThat(factory.open()).isZero();
    }

    @Test
    void theAdministratorsReversePathIsForMailsThatSayNone() throws Exception {
        mailer.send(mail());
        mailer.send(mail().reversePath("own@example.com"));
        mailer.send(mail().reversePath(""));
        mailer.send(Envelope.from("other@example.com").to("c@example.org").build(), mail().build());
        assertThat(factory.envelopes).extracting(envelope -> envelope.reversePath().map(Object::toString).orElse("<>"))
                .containsExactly("bounces@example.com", "own@example.com", "<>", "other@example.com");
    }

    @Test
    void sendsOnAThreadOfTheExecutor() throws Exception {
        CompletionStage<String> told = mailer.sendAsync(mail()).thenApply(SendReceipt::id);
        assertThat(factory.contents).isEmpty();
        while (!tasks.isEmpty()) {
            tasks.pop().run();
        }
        assertThat(told.toCompletableFuture().get()).isEqualTo("S1");
        assertThat(factory.contents).hasSize(1);
    }

    @Test
    void aRefusalIsTheStagesFailure() {
        SmtpException refusal = new SmtpException(Phase.RECIPIENT, "no", Reply.of(550, "5.1.1", "No"), List.of());
        factory.refusing(refusal);
        CompletionStage<SendReceipt> told = mailer.sendAsync(mail());
        while (!tasks.isEmpty()) {
            tasks.pop().run();
        }
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> told.toCompletableFuture().get()).withCause(refusal);
    }

    @Test
    void noThreadIsAFailureThatMayPass() {
        Mailer full = Mailer.of(factory).withExecutor(task -> {
            throw new RejectedExecutionException("full");
        });
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> full.sendAsync(mail()).toCompletableFuture().get())
                .satisfies(e -> assertThat(((SmtpException) e.getCause()).isRetryable()).isTrue());
    }

    @Test
    void withoutAServerAnExecutorIsAskedFor() {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> Mailer.of(factory).sendAsync(mail()).toCompletableFuture().get())
                .withMessageContaining("withExecutor");
    }

    @Test
    void whatIsSentLaterIsCopiedNow() throws Exception {
        ArrivedMail arrived = ArrivedMail.of(Mail.from("j@example.org").to("s@example.com")
                .attach("a.bin", new byte[] {1, 2}, "application/x-a").build(), "s@example.com");
        mailer.sendAsync(Mail.forward(arrived).to("b@example.com"));
        arrived.expire();
        tasks.pop().run();
        assertThat(factory.contents.get(0)).contains("\r\n\r\nAQI=\r\n");
    }

    @Test
    void aMailThatCannotBeBuiltIsRefusedAtOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> mailer.send(Mail.from("a@example.com")));
        assertThatIllegalArgumentException().isThrownBy(() -> mailer.sendAsync(Mail.from("a@example.com")));
        assertThatIllegalArgumentException().isThrownBy(() -> mailer.queue(Mail.from("a@example.com")));
    }

    @Test
    void queuesByItsOwnRouteUnlessAnotherIsNamed() throws Exception {
        List<Optional<String>> routes = new ArrayList<>();
        MailQueue queue = recording(routes);
        Mailer named = new FactoryMailer(() -> factory, Optional.of("java:/smtp/relay"), Optional::empty, null)
                .withQueue(queue);
        assertThat(named.queue(mail())).isEqualTo(1);
        named.queue(mail().build(), QueueOptions.DEFAULT.route("java:/smtp/other"));
        mailer.withQueue(queue).queue(mail());
        assertThat(routes).containsExactly(
                Optional.of("java:/smtp/relay"), Optional.of("java:/smtp/other"), Optional.empty());
    }

    @Test
    void noQueueIsSaid() {
        assertThatExceptionOfType(MailQueueException.class).isThrownBy(() -> mailer.queue(mail()))
                .withMessageContaining("smtp-ra-queue.jar");
    }

    private static MailBuilder mail() {
        return Mail.from("a@example.com").to("b@example.org").subject("s");
    }

    /** Notes by which route each mail is to go. */
    private static MailQueue recording(List<Optional<String>> routes) {
        return (MailQueue) Proxy.newProxyInstance(MailQueue.class.getClassLoader(), new Class<?>[] {MailQueue.class},
                (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("enqueue");
                    assertThat(arguments[1]).isInstanceOf(MailContent.class);
                    routes.add(((QueueOptions) arguments[2]).route());
                    return (long) routes.size();
                });
    }
}
