package io.smtpra.ra.inbound.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ListenerKind;
import io.smtpra.ra.Eventually;
import io.smtpra.ra.inbound.listener.access.AccessRules;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StopTest {

    private static final String SHUTTING_DOWN = "421 4.3.2 mx.example.com Shutting down, try again later";

    private TestListener server;

    @BeforeEach
    void start() throws Exception {
        server = TestListener.plain();
    }

    @AfterEach
    void close() {
        server.runtime.close();
    }

    @Test
    void idleConnectionsAreToldAndClosed() throws Exception {
        try (Client client = server.greeted(); Client typing = server.greeted().sends("NO")) {
            CompletableFuture<Void> stopped = server.listener.stop(Duration.ofMinutes(1)).toCompletableFuture();

            assertThat(client.hearsAll()).containsExactly(SHUTTING_DOWN);
            assertThat(typing.hearsAll()).containsExactly(SHUTTING_DOWN);
            client.close();
            typing.close();
            stopped.get(10, TimeUnit.SECONDS);
            assertThatThrownBy(server::connects).isInstanceOf(IOException.class);
        }
    }

    @Test
    void mailThatHasBegunIsFinished() throws Exception {
        server.protocol.slow = true;
        try (Client client = server.greeted().plays("C: DATA\nS: 354 send\nC: one")) {
            CompletableFuture<Void> stopped = server.listener.stop(Duration.ofMinutes(1)).toCompletableFuture();

            client.plays("C: two\nC: .\nC: NOOP");
            Eventually.assertThat(() -> server.protocol.awaited).hasSize(1);
            assertThat(stopped).isNotDone();
            server.protocol.awaited.remove().complete(ScriptedProtocol.reply("250 stored"));

            assertThat(client.hearsAll()).containsExactly("250 stored", SHUTTING_DOWN);
            client.close();
            stopped.get(10, TimeUnit.SECONDS);
        }
        assertThat(server.protocol.contents).containsExactly("one\r\ntwo\r\n");
        assertThat(server.protocol.events).containsExactly("disconnected");
    }

    @Test
    void timeIsBounded() throws Exception {
        server.protocol.slow = true;
        try (Client sending = server.greeted().plays("C: DATA\nS: 354 send\nC: one");
                Client waiting = server.greeted().plays("C: DATA\nS: 354 send\nC: two\nC: .")) {
            Eventually.assertThat(() -> server.protocol.awaited).hasSize(1);

            CompletableFuture<Void> stopped = server.listener.stop(Duration.ofMillis(100)).toCompletableFuture();

            assertThat(sending.hearsAll()).containsExactly(SHUTTING_DOWN);
            assertThat(waiting.hearsAll()).containsExactly(SHUTTING_DOWN);
            sending.close();
            waiting.close();
            stopped.get(10, TimeUnit.SECONDS);
        }
        server.protocol.awaited.remove().complete(ScriptedProtocol.reply("250 too late"));
        assertThat(server.protocol.events).containsExactlyInAnyOrder("aborted", "disconnected", "disconnected");
    }

    @Test
    void samePortCanBeUsedAgainAtOnce() throws Exception {
        try (Client client = server.greeted()) {
            client.plays("C: NOOP\nS: 250 NOOP");
            server.listener.stop(Duration.ZERO).toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        SmtpListener again = new SmtpListener(new ListenerConfig(ListenerKind.SMTP, server.address, false,
                Timeouts.DEFAULT, AccessRules.EVERYBODY, Optional.empty()), server.protocol,
                Optional.empty(), server.runtime);

        assertThat(again.start()).isEqualTo(server.address);
        again.stop(Duration.ZERO).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
