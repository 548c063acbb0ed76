package io.smtpra.ra.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.Eventually;
import io.smtpra.ra.client.net.ConnectionBrokenException;
import io.smtpra.ra.client.net.ConnectionBrokenException.Kind;
import io.smtpra.ra.client.net.SendBudget;
import io.smtpra.ra.client.net.Watchdog;
import io.smtpra.ra.client.transfer.ClientExtensions;
import io.smtpra.ra.client.transfer.SendOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One sending has one time, however patient each single wait is; and it can be ended before. */
@Timeout(60)
class SendBudgetTest {

    private static final Duration PATIENT = Duration.ofHours(1);

    @Test
    void a_server_that_never_greets_is_left_when_the_budget_is_over() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            ConnectionBrokenException e = catchThrowableOfType(ConnectionBrokenException.class,
                    () -> new SmtpClient(config(silent), new Watchdog()).open(Optional.empty(), SendBudget.of(Clients.SHORT)));
            assertThat(e).hasMessageContaining("400 ms that its sending may take in all");
            assertThat(e.kind()).isEqualTo(Kind.TIMED_OUT);
        }
    }

    @Test
    void a_server_that_answers_each_command_late_is_left_when_the_budget_is_over() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted() + "C: MAIL FROM:<a@example.com>\nSILENCE")) {
            SmtpClientConnection connection =
                    Clients.open(Clients.config(server, ClientExtensions.ALL, PATIENT));
            ConnectionBrokenException e = catchThrowableOfType(ConnectionBrokenException.class,
                    () -> connection.send(Mails.ENVELOPE, Mails.content(Mails.TEXT), SendOptions.within(Clients.SHORT)));
            assertThat(e.phase()).isEqualTo(Phase.MAIL);
            assertThat(e.isReplaceable()).isFalse();
        }
    }

    @Test
    void a_kept_connection_that_does_not_answer_may_be_replaced() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted() + "C: MAIL FROM:<a@example.com>\nSILENCE")) {
            SmtpClientConnection connection =
                    Clients.open(Clients.config(server, ClientExtensions.ALL, PATIENT));
            ConnectionBrokenException e = catchThrowableOfType(ConnectionBrokenException.class,
                    () -> connection.send(Mails.ENVELOPE, Mails.content(Mails.TEXT),
                            new SendOptions(SendBudget.of(PATIENT), Optional.of(Clients.SHORT))));
            assertThat(e).hasMessageContaining("did not answer on a kept connection within 400 ms");
            assertThat(e.isReplaceable()).isTrue();
        }
    }

    @Test
    void another_thread_may_end_it_whatever_it_waits_for() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            SendBudget budget = SendBudget.of(PATIENT);
            CompletableFuture<ConnectionBrokenException> opening = CompletableFuture.supplyAsync(
                    () -> catchThrowableOfType(ConnectionBrokenException.class, () -> new SmtpClient(config(silent), new Watchdog()).open(Optional.empty(), budget)));
            silent.accept();
            budget.end();
            Eventually.isTrue(opening::isDone);
            assertThat(opening.join()).hasMessageContaining("was ended");
        }
    }

    @Test
    void nothing_is_begun_once_it_is_ended() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            SendBudget budget = SendBudget.of(PATIENT);
            budget.end();
            assertThat(budget.isOver()).isTrue();
            assertThat(budget.left()).isZero();
            assertThat(catchThrowableOfType(ConnectionBrokenException.class, () -> new SmtpClient(config(silent), new Watchdog()).open(Optional.empty(), budget))).isNotNull();
        }
    }

    private static ClientConfig config(ServerSocket server) {
        ClientConfig plain = ClientConfig.plain("127.0.0.1", server.getLocalPort());
        return new ClientConfig(plain.host(), plain.port(), plain.tls(), plain.fallbackToPlain(), plain.clientTls(),
                Optional.of("client.example.com"), io.smtpra.ra.client.net.ClientTimeouts.of(PATIENT, PATIENT, PATIENT),
                plain.extensions(), plain.auth());
    }
}
