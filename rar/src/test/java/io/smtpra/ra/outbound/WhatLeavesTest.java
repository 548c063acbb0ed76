package io.smtpra.ra.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a next hop hears of a message that an application sends; and when the application hears that it cannot be sent.
 */
class WhatLeavesTest {

    private static final String LONG_WORD = "abcdefghij".repeat(100);

    private Outbound outbound;
    private SmtpConnectionFactory factory;

    @BeforeEach
    void open() throws Exception {
        outbound = new Outbound();
        factory = outbound.factory();
    }

    @AfterEach
    void close() throws Exception {
        assertThat(outbound.held()).as("held octets and files").isZero();
        outbound.close();
    }

    /** Whether a mail waits for a transaction, and whether the next hop is known by then. */
    enum When {
        AT_ONCE, IN_A_TRANSACTION, IN_THE_FIRST_TRANSACTION
    }

    /** The peer does not know SMTPUTF8, and need not for domains. */
    @Test
    void aDomainOfAnotherScriptNeedsNoExtension() throws Exception {
        MimeMessage message = Outbound.message("hello");
        message.setHeader("From", "Jörg <x@straße.de>");
        message.setHeader("To", "b@bücher.example, c@faß.de");
        try (SmtpConnection connection = factory.getConnection()) {
            connection.send(message);
        }
        assertThat(outbound.peer.commands()).contains("RCPT TO:<b@xn--bcher-kva.example>", "RCPT TO:<c@xn--fa-hia.de>")
                .anyMatch(command -> command.startsWith("MAIL FROM:<x@xn--strae-oqa.de>"))
                .noneMatch(command -> command.contains("SMTPUTF8"));
        assertThat(outbound.peer.mails().get(0).content()).containsPattern("Message-ID: <[\\w-]+@xn--strae-oqa.de>\r\n")
                .contains("From: =?utf-8?Q?J=C3=B6rg?= <x@xn--strae-oqa.de>\r\n",
                        "To: b@xn--bcher-kva.example, c@xn--fa-hia.de\r\n")
                .matches(content -> content.chars().allMatch(c -> c < 128), "all in ASCII");
    }

    @Test
    void aLocalPartThatNeedsQuotesIsQuoted() throws Exception {
        MimeMessage message = Outbound.message("hello");
        message.setHeader("To", "b.@docomo.example, b..c@docomo.example");
        try (SmtpConnection connection = factory.getConnection()) {
            connection.send(message);
        }
        assertThat(outbound.peer.commands())
                .contains("RCPT TO:<\"b.\"@docomo.example>", "RCPT TO:<\"b..c\"@docomo.example>");
    }

    @Test
    void headersInUtf8AreEncodedForAPeerThatTakesNone() throws Exception {
        MailContent content = MailContent.of(
                "Subject: Grüße\r\nX-Scanner: 1\r\n\r\nGrüße\r\n".getBytes(StandardCharsets.UTF_8));
        try (SmtpConnection connection = factory.getConnection()) {
            connection.send(Outbound.envelope("to@example.org"), content);
        }
        assertThat(outbound.peer.mails().get(0).content()).contains("Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n");
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeSentIsRefusedAtSend(When when) throws Exception {
        outbound.peer.ehlo("250-peer.example.com\r\n250-PIPELINING\r\n250 SIZE 100000");
        MimeMessage injected = Outbound.message("hello");
        injected.setHeader("X-Ref", "1\r\nBcc: victim@example.net\r\n\r\nbody");
        MimeMessage empty = new MimeMessage(injected.getSession());
        MimeMessage longWord = Outbound.message("hello");
        longWord.setHeader("X-Token", LONG_WORD);
        refused(when, connection -> connection.send(Outbound.envelope("to@example.org"), injected), "line break");
        refused(when, connection -> connection.send(Outbound.envelope("to@example.org"), empty), "cannot be written");
        refused(when, connection -> connection.send(longWord), "no space");
        refused(when, connection -> connection.send(Outbound.envelope("to@example.org"), longLineSigned()), "signed");
        if (when != When.IN_THE_FIRST_TRANSACTION) {
            refused(when, connection -> connection.send(Outbound.envelope("to@example.org"), eightBitSigned()),
                    "signed");
            refused(when, connection -> connection.send(Outbound.envelope("to@example.org"),
                    MailContent.of("From: jürgen@example.com\r\n\r\nx\r\n".getBytes(StandardCharsets.UTF_8))),
                    "address outside ASCII");
            refused(when, connection -> connection.send(
                    Envelope.from("jürgen@example.com").to("to@example.org").build(), Outbound.message("x")),
                    "SMTPUTF8");
            refused(when, connection -> connection.send(Outbound.envelope("to@example.org"),
                    MailContent.of("line\r\n".repeat(20_000).getBytes(StandardCharsets.US_ASCII))), "at most 100000");
        }
        assertThat(outbound.peer.commands()).noneMatch(command -> command.contains("victim"));
    }

    @ParameterizedTest
    @EnumSource
    void aContentThatCannotBeReadMayBeTriedAgainEverywhere(When when) throws Exception {
        MailContent gone = () -> {
            throw new IOException("disk gone");
        };
        MailContent broken = () -> {
            throw new IllegalStateException("a bug");
        };
        assertThat(failure(when, connection -> connection.send(Outbound.envelope("to@example.org"), gone)))
                .hasMessage("The content cannot be read: disk gone")
                .satisfies(e -> assertThat(e.isRetryable()).isTrue())
                .satisfies(e -> assertThat(e.phase()).isEqualTo(Phase.PREPARE));
        assertThat(failure(when, connection -> connection.send(Outbound.envelope("to@example.org"), broken)))
                .hasMessageContaining("The content cannot be read: ").hasMessageContaining("a bug")
                .satisfies(e -> assertThat(e.isRetryable()).isFalse())
                .satisfies(e -> assertThat(e.phase()).isEqualTo(Phase.PREPARE));
    }

    @Test
    void aMessageInPartsLeavesFromAThreadWithoutALoader() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        for (ClassLoader loader : new ClassLoader[] {null, ClassLoader.getPlatformClassLoader()}) {
            MimeMessage message = Outbound.message("hello");
            MimeBodyPart part = new MimeBodyPart();
            part.setText("Grüße", "utf-8");
            message.setContent(new MimeMultipart(part));
            thread.setContextClassLoader(loader);
            try (SmtpConnection connection = factory.getConnection()) {
                connection.send(message);
            } finally {
                thread.setContextClassLoader(own);
            }
        }
        assertThat(outbound.peer.mails()).hasSize(2)
                .allSatisfy(mail -> assertThat(mail.content()).contains("R3LDvMOfZQ=="));
    }

    private void refused(When when, Sending sending, String reason) throws Exception {
        SmtpException e = failure(when, sending);
        assertThat(e).hasMessageContaining(reason);
        assertThat(e.phase()).isEqualTo(Phase.PREPARE);
        assertThat(e.isRetryable()).isFalse();
        assertThat(e.reply()).isEmpty();
    }

    private SmtpException failure(When when, Sending sending) throws Exception {
        if (when == When.IN_A_TRANSACTION) {
            // What the peer takes is known from the last session.
            try (SmtpConnection connection = factory.getConnection()) {
                connection.send(Outbound.message("before"));
            }
        }
        if (when != When.AT_ONCE) {
            outbound.pool.begin(1);
        }
        try (SmtpConnection connection = factory.getConnection()) {
            SmtpException e = catchThrowableOfType(SmtpException.class, () -> sending.run(connection));
            assertThat(e).isNotNull();
            return e;
        } finally {
            if (when != When.AT_ONCE) {
                outbound.pool.rollback();
            }
        }
    }

    private static MailContent longLineSigned() {
        return MailContent.of(("DKIM-Signature: v=1; h=from; c=relaxed/relaxed\r\n\r\n" + LONG_WORD + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    private static MailContent eightBitSigned() {
        return MailContent.of("DKIM-Signature: v=1; h=from\r\n\r\ngrün\r\n".getBytes(StandardCharsets.UTF_8));
    }

    private interface Sending {
        void run(SmtpConnection connection) throws Exception;
    }
}
