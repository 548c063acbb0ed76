package io.smtpra.ra.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.BodyType;
import io.smtpra.DsnNotify;
import io.smtpra.DsnReturn;
import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.Mailbox;
import io.smtpra.OriginalRecipient;
import io.smtpra.Recipient;
import io.smtpra.RecipientOutcome;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.client.transfer.ClientExtensions;
import io.smtpra.ra.client.transfer.SendResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail on its way, as it goes over the wire. */
class SendingTest {

    @Test
    void says_one_command_at_a_time_to_a_server_that_knows_HELO_alone() throws Exception {
        SendResult result = send("""
                S: 220 mx.example.org ready
                C: EHLO client.example.com
                S: 502 what?
                C: HELO client.example.com
                S: 250 mx.example.org
                C: MAIL FROM:<a@example.com>
                S: 250 ok
                C: RCPT TO:<b@example.org>
                S: 250 ok
                C: DATA
                S: 354 go ahead
                CONTENT
                S: 250 2.0.0 Ok: queued as 4F2B91C0D
                """, Mails.ENVELOPE, "Subject: x\r\n\r\n.dot\r\n", "Subject: x\r\n\r\n..dot\r\n");
        assertThat(result.queueId()).contains("4F2B91C0D");
        assertThat(result.reply()).hasToString("250 2.0.0 Ok: queued as 4F2B91C0D");
        assertThat(result.recipients()).singleElement().matches(RecipientOutcome::isAccepted);
        assertThat(result.tls()).isEmpty();
        assertThat(result.size()).isEqualTo(20);
    }

    @Test
    void says_envelope_and_DATA_in_one_write() throws Exception {
        send(Scripts.greeted("PIPELINING") + Scripts.MAIL, Mails.ENVELOPE, Mails.TEXT, Mails.TEXT);
    }

    @Test
    void keeps_DATA_back_when_a_refused_recipient_would_leave_no_way_back() throws Exception {
        send(Scripts.greeted("PIPELINING") + """
                C: MAIL FROM:<a@example.com>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                C: RCPT TO:<d@example.org>
                S: 250 ok
                S: 250 b
                S: 251 c
                S: 250 d
                C: DATA
                S: 354 go ahead
                CONTENT
                S: 250 ok
                """, Mails.TO_THREE, Mails.TEXT, Mails.TEXT);
    }

    @Test
    void sends_to_the_accepted_recipients_if_that_was_asked_for() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted("PIPELINING") + """
                C: MAIL FROM:<a@example.com>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                C: RCPT TO:<d@example.org>
                C: DATA
                S: 250 ok
                S: 250 b
                S: 550 5.1.1 no c
                S: 450 4.2.1 not now
                S: 354 go ahead
                CONTENT
                S: 250 ok
                """)) {
            try (SmtpClientConnection connection = Clients.open(server)) {
                SendResult result =
                        connection.send(Mails.partial(Mails.TO_THREE), Mails.content(Mails.TEXT), Mails.options());
                assertThat(result.recipients()).extracting(outcome -> outcome.reply().toString())
                        .containsExactly("250 b", "550 5.1.1 no c", "450 4.2.1 not now");
            }
        }
    }

    @Test
    void sends_many_recipients_in_groups_that_no_buffer_can_be_too_small_for() throws Exception {
        String[] addresses = IntStream.range(0, 250).mapToObj(i -> "r" + i + "@example.org").toArray(String[]::new);
        StringBuilder script = new StringBuilder(Scripts.greeted("PIPELINING"));
        for (int from = 0; from < 250; from += 100) {
            script.append(from == 0 ? "C: MAIL FROM:<a@example.com>\n" : "");
            for (int i = from; i < Math.min(250, from + 100); i++) {
                script.append("C: RCPT TO:<r").append(i).append("@example.org>\n");
            }
            script.append(from == 0 ? "S: 250 sender\n" : "");
            script.append("S: 250 ok\n".repeat(Math.min(250 - from, 100)));
        }
        script.append("C: DATA\nS: 354 go ahead\nCONTENT\nS: 250 ok\n");
        Envelope envelope = Envelope.from("a@example.com").to(addresses).build();
        assertThat(send(script.toString(), envelope, Mails.TEXT, Mails.TEXT).recipients()).hasSize(250);
    }

    @Test
    void sends_several_mails_on_one_connection() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(
                Scripts.greeted("PIPELINING") + Scripts.MAIL.repeat(3) + Scripts.QUIT)) {
            try (SmtpClientConnection connection = Clients.open(server)) {
                for (int i = 0; i < 3; i++) {
                    assertThat(connection.isStale()).isFalse();
                    Mails.send(connection);
                }
            }
            server.verify();
            assertThat(server.contents()).hasSize(3);
        }
    }

    @Test
    void sends_a_short_content_as_one_chunk() throws Exception {
        send(Scripts.greeted("PIPELINING", "CHUNKING") + """
                C: MAIL FROM:<a@example.com>
                C: RCPT TO:<b@example.org>
                S: 250 ok
                S: 250 ok
                C: BDAT 26 LAST
                OCTETS 26
                S: 250 ok
                """, Mails.ENVELOPE, "Subject: x\n\r\n.dot\rlast", "Subject: x\r\n\r\n.dot\r\nlast\r\n");
    }

    @Test
    void sends_a_long_content_as_one_chunk_too() throws Exception {
        String text = "Subject: x\r\n\r\n" + ".23456789abcde\r\n".repeat(10_000);
        for (String extension : List.of("PIPELINING", "HELP")) {
            String envelope = extension.equals("PIPELINING")
                    ? "C: MAIL *\nC: RCPT *\nS: 250 ok\nS: 250 ok\n"
                    : "C: MAIL *\nS: 250 ok\nC: RCPT *\nS: 250 ok\n";
            SendResult result = send(Scripts.greeted(extension, "CHUNKING") + envelope
                    + "C: BDAT " + text.length() + " LAST\nOCTETS " + text.length() + "\nS: 250 whole\n",
                    Mails.ENVELOPE, text, text);
            assertThat(result.reply()).hasToString("250 whole");
            assertThat(result.size()).isEqualTo(text.length());
        }
    }

    @Test
    void leaves_when_the_content_has_become_another_since_its_length_was_told() throws Exception {
        for (String later : List.of("Subject: x\r\n\r\nshort\r\n", "x".repeat(998) + "\r\n".repeat(100_000))) {
            MailContent changing = new MailContent() {
                private int opened;

                @Override
                public InputStream open() {
                    return new ByteArrayInputStream((++opened == 1 ? "y".repeat(100) + "\r\n".repeat(30_000) : later)
                            .getBytes(StandardCharsets.US_ASCII));
                }
            };
            try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted("PIPELINING", "CHUNKING")
                    + "C: MAIL *\nC: RCPT *\nS: 250 ok\nS: 250 ok\nLEFT")) {
                SmtpClientConnection connection = Clients.open(server);
                assertThatThrownBy(() -> connection.send(Mails.ENVELOPE, Mails.content(changing), Mails.options()))
                        .hasMessageContaining("another length");
                assertThat(connection.isOpen()).isFalse();
                server.verify();
            }
        }
    }

    @Test
    void sends_binary_content_untouched() throws Exception {
        Envelope envelope = Envelope.from("a@example.com").to("b@example.org").bodyType(BodyType.BINARY_MIME).build();
        send(Scripts.greeted("CHUNKING", "BINARYMIME", "8BITMIME", "SIZE") + """
                C: MAIL FROM:<a@example.com> SIZE=9 BODY=BINARYMIME
                S: 250 ok
                C: RCPT TO:<b@example.org>
                S: 250 ok
                C: BDAT 9 LAST
                OCTETS 9
                S: 250 ok
                """, envelope, "a\nb\r\r\n.\0c", "a\nb\r\r\n.\0c");
    }

    @Test
    void declares_what_the_content_needs() throws Exception {
        send(Scripts.greeted("SIZE 1000000", "8BITMIME") + """
                C: MAIL FROM:<a@example.com> SIZE=18 BODY=8BITMIME
                S: 250 ok
                C: RCPT TO:<b@example.org>
                S: 250 ok
                C: DATA
                S: 354 go ahead
                CONTENT
                S: 250 ok
                """, Mails.ENVELOPE, "Subject: x\n\nä", "Subject: x\r\n\r\nä\r\n");
    }

    @Test
    void declares_no_8BITMIME_for_content_of_7_bits_whatever_the_envelope_says() throws Exception {
        Envelope envelope = Envelope.from("a@example.com").to("b@example.org").bodyType(BodyType.EIGHT_BIT_MIME).build();
        send(Scripts.greeted("8BITMIME", "PIPELINING") + Scripts.MAIL, envelope, Mails.TEXT, Mails.TEXT);
    }

    @Test
    void declares_SMTPUTF8_for_addresses_and_headers_that_need_it() throws Exception {
        String utf8 = """
                C: MAIL FROM:<%s> SMTPUTF8
                S: 250 ok
                C: RCPT TO:<%s>
                S: 250 ok
                C: DATA
                S: 354 go ahead
                CONTENT
                S: 250 ok
                """;
        String greeted = Scripts.greeted("8BITMIME", "SMTPUTF8");
        Envelope named = Envelope.from("jörg@exämple.com").to("b@example.org").build();
        send(greeted + utf8.formatted("jörg@exämple.com", "b@example.org"), named, Mails.TEXT, Mails.TEXT);
        String text = "Subject: ä\r\n\r\n";
        send(greeted + utf8.formatted("a@example.com", "b@example.org"), Mails.ENVELOPE, text, text);
    }

    @Test
    void writes_a_domain_outside_ASCII_by_its_A_label_when_that_is_enough() throws Exception {
        Envelope envelope = Envelope.from("a@exämple.com").to("\"b c\"@bücher.example").build();
        send(Scripts.greeted("8BITMIME", "SMTPUTF8") + """
                C: MAIL FROM:<a@xn--exmple-cua.com>
                S: 250 ok
                C: RCPT TO:<"b c"@xn--bcher-kva.example>
                S: 250 ok
                C: DATA
                S: 354 go ahead
                CONTENT
                S: 250 ok
                """, envelope, Mails.TEXT, Mails.TEXT);
    }

    @Test
    void asks_for_delivery_status_notifications_where_they_are_offered() throws Exception {
        Envelope envelope = Envelope.from("")
                .to(new Recipient(Mailbox.parse("b@example.org"), Set.of(DsnNotify.DELAY, DsnNotify.FAILURE),
                        Optional.of(new OriginalRecipient("rfc822", "b+x=y@example.org"))))
                .to(new Recipient(Mailbox.parse("c@example.org"), Set.of(DsnNotify.NEVER),
                        Optional.of(new OriginalRecipient("rfc822", "jö\\rg@example.org"))))
                .dsnReturn(DsnReturn.HDRS).envelopeId("id 1+2=3").build();
        send(Scripts.greeted("DSN") + """
                C: MAIL FROM:<> RET=HDRS ENVID=id+201+2B2+3D3
                S: 250 ok
                C: RCPT TO:<b@example.org> NOTIFY=FAILURE,DELAY ORCPT=rfc822;b+2Bx+3Dy@example.org
                S: 250 ok
                C: RCPT TO:<c@example.org> NOTIFY=NEVER ORCPT=utf-8;j\\x{F6}\\x{5C}rg@example.org
                S: 250 ok
                C: DATA
                S: 354 go ahead
                CONTENT
                S: 250 ok
                """, envelope, Mails.TEXT, Mails.TEXT);
        send(Scripts.greeted("PIPELINING") + Scripts.MAIL.replace("a@example.com", ""),
                Envelope.from("").to(new Recipient(Mailbox.parse("b@example.org"), Set.of(DsnNotify.NEVER),
                        Optional.empty())).envelopeId("1").build(), Mails.TEXT, Mails.TEXT);
    }

    @Test
    void uses_no_extension_that_is_switched_off() throws Exception {
        Envelope envelope = Envelope.from("a@example.com").to("b@example.org").envelopeId("1").build();
        ClientExtensions none = new ClientExtensions(false, false, false, false, false, false);
        try (ScriptedServer server = ScriptedServer.plays(
                Scripts.greeted("PIPELINING", "CHUNKING", "SIZE 10", "DSN", "8BITMIME", "SMTPUTF8") + """
                C: MAIL FROM:<a@example.com>
                S: 250 ok
                C: RCPT TO:<b@example.org>
                S: 250 ok
                C: DATA
                S: 354 go ahead
                CONTENT
                S: 250 ok
                """ + Scripts.QUIT)) {
            try (SmtpClientConnection connection =
                    Clients.open(Clients.config(server, none, Duration.ofSeconds(5)))) {
                Mails.send(connection, envelope, Mails.TEXT);
            }
            server.verify();
        }
    }

    @Test
    void reads_a_long_content_twice_and_never_holds_it(@TempDir Path directory) throws Exception {
        String text = "Subject: x\n\n" + ".line\n".repeat(50_000);
        Path file = Files.writeString(directory.resolve("mail"), text);
        try (ScriptedServer server = ScriptedServer.plays(
                Scripts.greeted("PIPELINING", "SIZE") + Scripts.MAIL.replace("<a@example.com>",
                        "<a@example.com> SIZE=" + (text.length() + 50_002)) + Scripts.QUIT)) {
            try (SmtpClientConnection connection = Clients.open(server)) {
                connection.send(Mails.ENVELOPE, Mails.content(MailContent.of(file)), Mails.options());
            }
            server.verify();
            assertThat(server.content()).isEqualTo("Subject: x\r\n\r\n" + "..line\r\n".repeat(50_000));
        }
    }

    @Test
    void refuses_before_talking_what_the_next_hop_cannot_take() throws Exception {
        Envelope utf8 = Envelope.from("jörg@example.com").to("b@example.org").build();
        Envelope secret = Envelope.from("a@example.com").to("b@example.org").requireTls(true).build();
        Envelope binary = Envelope.from("a@example.com").to("b@example.org").bodyType(BodyType.BINARY_MIME).build();
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted("SIZE 30") + Scripts.QUIT)) {
            try (SmtpClientConnection connection = Clients.open(server)) {
                assertThatThrownBy(() -> connection.offer().check(Mails.ENVELOPE, OptionalLong.of(31)))
                        .hasMessageContaining("31 octets").hasMessageContaining("at most 30");
                assertThatThrownBy(() -> connection.offer().check(utf8, OptionalLong.empty())).hasMessageContaining("SMTPUTF8");
                assertThatThrownBy(() -> connection.offer().check(secret, OptionalLong.empty()))
                        .hasMessageContaining("verified host");
                connection.offer().check(Mails.ENVELOPE, OptionalLong.of(30));
                for (String text : List.of("x".repeat(31), "From: ä@b.test\r\n\r\n")) {
                    assertThatThrownBy(() -> Mails.send(connection, Mails.ENVELOPE, text))
                            .isInstanceOfSatisfying(SmtpException.class, e -> {
                                assertThat(e.phase()).isEqualTo(Phase.PREPARE);
                                assertThat(e.isRetryable()).isFalse();
                                assertThat(e.reply()).isEmpty();
                            });
                }
                assertThat(connection.isOpen()).isTrue();
            }
            server.verify();
        }
    }

    @Test
    void says_nothing_when_the_content_cannot_be_read() throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted("PIPELINING") + Scripts.QUIT)) {
            try (SmtpClientConnection connection = Clients.open(server)) {
                assertThatThrownBy(() -> connection.send(Mails.ENVELOPE, (usable, peer, window) -> {
                    throw new IOException("disk gone");
                }, Mails.options())).hasMessage("The content cannot be read: disk gone");
                assertThat(connection.isOpen()).isTrue();
            }
            server.verify();
        }
    }

    @Test
    void lets_the_end_be_missing_when_the_content_breaks_off() throws Exception {
        MailContent failing = new MailContent() {
            private int opened;

            @Override
            public InputStream open() throws IOException {
                if (++opened == 2) {
                    throw new IOException("disk gone");
                }
                return new ByteArrayInputStream("line\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII));
            }
        };
        try (ScriptedServer server = ScriptedServer.plays(
                Scripts.greeted("PIPELINING") + Scripts.GROUP_TO_354 + "EOF")) {
            try (SmtpClientConnection connection = Clients.open(server)) {
                assertThatThrownBy(() -> connection.send(
                        Mails.ENVELOPE, Mails.content(failing), Mails.options()))
                        .isInstanceOfSatisfying(SmtpException.class, e -> {
                            assertThat(e.phase()).isEqualTo(Phase.DATA);
                            assertThat(e.isRetryable()).isTrue();
                        });
                assertThat(connection.isOpen()).isFalse();
            }
            server.verify();
        }
    }

    @Test
    void tells_a_content_that_fails_from_a_fault_of_its_own() throws Exception {
        MailContent failing = new MailContent() {
            private int opened;

            @Override
            public InputStream open() throws IOException {
                if (++opened == 2) {
                    throw new IllegalStateException("a bug");
                }
                return new ByteArrayInputStream("line\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII));
            }
        };
        try (ScriptedServer server = ScriptedServer.plays(
                Scripts.greeted("PIPELINING") + Scripts.GROUP_TO_354 + "EOF")) {
            SmtpClientConnection connection = Clients.open(server);
            assertThatThrownBy(() -> connection.send(Mails.ENVELOPE, Mails.content(failing), Mails.options()))
                    .isInstanceOfSatisfying(SmtpException.class, e -> {
                        assertThat(e.phase()).isEqualTo(Phase.DATA);
                        assertThat(e).hasMessageContaining("The content cannot be read: ");
                        assertThat(e.isRetryable()).isFalse();
                    });
            assertThat(connection.isOpen()).isFalse();
            server.verify();
        }
        try (ScriptedServer server = ScriptedServer.plays(Scripts.greeted("PIPELINING") + "EOF")) {
            SmtpClientConnection connection = Clients.open(server);
            assertThatThrownBy(() -> connection.send(Mails.ENVELOPE, (usable, peer, window) -> {
                throw new IllegalStateException("a bug");
            }, Mails.options())).isInstanceOf(IllegalStateException.class);
            assertThat(connection.isOpen()).isFalse();
            server.verify();
        }
    }

    private static SendResult send(String script, Envelope envelope, String text, String onTheWire) throws Exception {
        try (ScriptedServer server = ScriptedServer.plays(script + Scripts.QUIT)) {
            SendResult result;
            try (SmtpClientConnection connection = Clients.open(server)) {
                result = Mails.send(connection, envelope, text);
            }
            server.verify();
            assertThat(server.contents().stream().map(String::new).collect(Collectors.joining())).isEqualTo(onTheWire);
            return result;
        }
    }
}
