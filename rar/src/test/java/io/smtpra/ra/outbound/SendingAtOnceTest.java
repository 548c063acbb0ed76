package io.smtpra.ra.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smtpra.MailContent;
import io.smtpra.Envelope;
import io.smtpra.RecipientOutcome;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.SmtpException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendingAtOnceTest {

    private Outbound outbound;

    @BeforeEach
    void open() throws Exception {
        outbound = new Outbound();
    }

    @AfterEach
    void close() throws Exception {
        outbound.close();
    }

    @Test
    void aMessageIsSentAndTheReceiptTellsAll() throws Exception {
        try (SmtpConnection connection = outbound.connection()) {
            SendReceipt receipt = connection.send(Outbound.message("hello"));

            assertThat(receipt.state()).isEqualTo(SendReceipt.State.SENT);
            assertThat(receipt.id()).matches("[A-Z0-9-]{3,64}");
            assertThat(receipt.reply().orElseThrow().code()).isEqualTo(250);
            assertThat(receipt.queueId()).contains("4C1F2A1");
            assertThat(receipt.recipients()).extracting(RecipientOutcome::isAccepted).containsExactly(true);
            assertThat(receipt.tls()).isEmpty();
            assertThat(receipt.duration()).isPresent();
        }
        assertThat(outbound.peer.mails()).singleElement().satisfies(mail -> {
            assertThat(mail.from()).isEqualTo("sender@example.com");
            assertThat(mail.to()).containsExactly("to@example.org");
            assertThat(mail.content()).contains("Subject: hello\r\n", "\r\n\r\nhello\r\n");
        });
        assertThat(outbound.held()).isZero();
    }

    @Test
    void aConnectionIsKeptInThePoolAndUsedAgain() throws Exception {
        SmtpConnectionFactory factory = outbound.factory();
        for (int i = 0; i < 3; i++) {
            try (SmtpConnection connection = factory.getConnection()) {
                connection.send(Outbound.envelope("to@example.org"), Outbound.content("mail " + i));
            }
        }
        assertThat(outbound.peer.mails()).hasSize(3);
        assertThat(outbound.peer.connections()).isEqualTo(1);
        assertThat(outbound.pool.created()).isEqualTo(1);
        assertThat(outbound.pool.idle()).isEqualTo(1);
    }

    @Test
    void aConnectionThatThePeerClosedInThePoolIsReplaced() throws Exception {
        SmtpConnectionFactory factory = outbound.factory();
        try (SmtpConnection connection = factory.getConnection()) {
            connection.send(Outbound.message("one"));
        }
        outbound.peer.hangUp();
        try (SmtpConnection connection = factory.getConnection()) {
            connection.send(Outbound.message("two"));
        }
        assertThat(outbound.peer.mails()).hasSize(2);
        assertThat(outbound.peer.connections()).isEqualTo(2);
        assertThat(outbound.pool.errors()).isEmpty();
    }

    @Test
    void aConnectionThatThePeerClosedBetweenTwoMailsIsReplaced() throws Exception {
        try (SmtpConnection connection = outbound.connection()) {
            connection.send(Outbound.message("one"));
            outbound.peer.hangUp();
            connection.send(Outbound.message("two"));
        }
        assertThat(outbound.peer.mails()).hasSize(2);
        assertThat(outbound.pool.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT", "DATA"})
    void aMailWhoseKeptConnectionThePeerLeavesBeforeTheContentGoesOverANewOne(String command) throws Exception {
        try (SmtpConnection connection = outbound.connection()) {
            connection.send(Outbound.message("one"));
            outbound.peer.hangUpOn(command);
            connection.send(Outbound.message("two"));
        }
        assertThat(outbound.peer.mails()).extracting(SmtpPeer.Received::connection).containsExactly(1, 2);
        assertThat(outbound.pool.errors()).isEmpty();
    }

    @Test
    void aMailWhoseContentWasBegunIsNotSentASecondTime() throws Exception {
        try (SmtpConnection connection = outbound.connection()) {
            connection.send(Outbound.message("one"));
            outbound.peer.hangUpOn(".");

            SmtpException thrown = catchThrowableOfType(
                    SmtpException.class, () -> connection.send(Outbound.message("two")));

            assertThat(thrown.phase()).isEqualTo(SmtpException.Phase.END_OF_DATA);
            assertThat(thrown.isRetryable()).isTrue();
            assertThat(outbound.peer.connections()).isEqualTo(1);
            // The pool hears of it once, and the handle is of no more use.
            assertThat(outbound.pool.errors()).hasSize(1);
            assertThatThrownBy(() -> connection.send(Outbound.message("three")))
                    .isInstanceOf(SmtpException.class)
                    .hasMessageContaining("get another from the connection factory");
        }
        assertThat(outbound.pool.errors()).hasSize(1);
        assertThat(outbound.held()).isZero();
    }

    @Test
    void aRefusalLeavesTheConnectionUsable() throws Exception {
        outbound.peer.answer("RCPT TO:<nobody@example.org>", "550 5.1.1 no such user");
        try (SmtpConnection connection = outbound.connection()) {
            SmtpException thrown = catchThrowableOfType(SmtpException.class,
                    () -> connection.send(Outbound.envelope("to@example.org", "nobody@example.org"),
                            Outbound.content("one")));

            assertThat(thrown.phase()).isEqualTo(SmtpException.Phase.RECIPIENT);
            assertThat(thrown.isRetryable()).isFalse();
            assertThat(thrown.reply().orElseThrow().code()).isEqualTo(550);
            assertThat(outbound.peer.mails()).isEmpty();

            connection.send(Outbound.message("two"));
        }
        assertThat(outbound.peer.mails()).hasSize(1);
        assertThat(outbound.peer.connections()).isEqualTo(1);
        assertThat(outbound.pool.errors()).isEmpty();
    }

    @Test
    void aPartialSendingGoesToThoseWhoAreAccepted() throws Exception {
        outbound.peer.answer("RCPT TO:<nobody@example.org>", "550 5.1.1 no such user");
        try (SmtpConnection connection = outbound.connection()) {
            SendReceipt receipt = connection.send(Envelope.from("sender@example.com")
                    .to("to@example.org", "nobody@example.org").partial(true).build(), Outbound.content("one"));

            assertThat(receipt.state()).isEqualTo(SendReceipt.State.SENT);
            assertThat(receipt.recipients()).extracting(RecipientOutcome::isAccepted).containsExactly(true, false);
        }
        assertThat(outbound.peer.mails()).singleElement().satisfies(
                mail -> assertThat(mail.to()).containsExactly("to@example.org"));
    }

    @Test
    void aConnectionCarriesNoMoreMailsThanConfigured() throws Exception {
        outbound.managedFactory.setMaxMailsPerConnection("2");
        try (SmtpConnection connection = outbound.connection()) {
            for (int i = 0; i < 5; i++) {
                connection.send(Outbound.message("mail " + i));
            }
        }
        assertThat(outbound.peer.mails()).extracting(SmtpPeer.Received::connection).containsExactly(1, 1, 2, 2, 3);
        assertThat(outbound.peer.commands()).filteredOn("QUIT"::equals).hasSize(2);
    }

    @Test
    void aConnectionThatWasIdleTooLongIsReplaced() throws Exception {
        outbound.managedFactory.setIdleTimeout("0");
        SmtpConnectionFactory factory = outbound.factory();
        for (int i = 0; i < 2; i++) {
            try (SmtpConnection connection = factory.getConnection()) {
                connection.send(Outbound.message("mail " + i));
            }
        }
        assertThat(outbound.peer.connections()).isEqualTo(2);
    }

    @Test
    void aClosedHandleSaysSo() throws Exception {
        SmtpConnection connection = outbound.connection();
        connection.close();
        connection.close();
        assertThat(outbound.pool.idle()).isEqualTo(1);
        assertThatThrownBy(() -> connection.send(Outbound.message("late")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void aNextHopThatCannotBeReachedIsToldWhenThereIsSomethingToSend() throws Exception {
        SmtpConnection connection = outbound.connection();
        outbound.peer.close();
        SmtpException thrown =
                catchThrowableOfType(SmtpException.class, () -> connection.send(Outbound.message("one")));

        assertThat(thrown.phase()).isEqualTo(SmtpException.Phase.CONNECT);
        assertThat(thrown.isRetryable()).isTrue();
    }

    @Test
    void aContentThatThrowsIsAFailureAndTheConnectionIsNotUsedOn() throws Exception {
        MailContent content = new MailContent() {
            private final AtomicInteger opened = new AtomicInteger();

            @Override
            public InputStream open() {
                // The first look is at the content, the second is for sending it.
                return opened.getAndIncrement() == 0
                        ? new ByteArrayInputStream("line\r\n".repeat(30_000).getBytes(StandardCharsets.US_ASCII))
                        : new InputStream() {
                            @Override
                            public int read() {
                                throw new IllegalStateException("half-way");
                            }
                        };
            }
        };
        try (SmtpConnection connection = outbound.connection()) {
            assertThatThrownBy(() -> connection.send(Outbound.envelope("to@example.org"), content))
                    .isInstanceOf(SmtpException.class)
                    .hasMessageContaining("half-way");
            connection.send(Outbound.message("next"));
        }
        assertThat(outbound.peer.mails()).singleElement().satisfies(
                mail -> assertThat(mail.content()).contains("Subject: next"));
        assertThat(outbound.peer.connections()).isEqualTo(2);
    }
}
