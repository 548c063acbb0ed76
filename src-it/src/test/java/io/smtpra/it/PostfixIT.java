package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Postfix as next hop of a bean in the server: what arrives is what was sent, and Postfix says how it came. */
@ExtendWith(ArquillianExtension.class)
class PostfixIT {

    private static final String HEADER = """
            Date: Wed, 25 Nov 2026 12:00:00 +0000\r
            From: Author <author@example.com>\r
            To: reader@example.org\r
            Message-ID: <1@example.com>\r
            MIME-Version: 1.0\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Transfer-Encoding: 8bit\r
            """;

    @RegisterExtension
    private static final WildFly WILDFLY = new WildFly();

    @TempDir
    private static Path folder;

    private static Postfix postfix;

    @BeforeAll
    static void start() throws Exception {
        TestAuthority authority = new TestAuthority(folder, "Test Authority");
        Path server = authority.issue("localhost", "DNS:localhost");
        Path client = authority.issue("app.example.com", "DNS:app.example.com");
        Path stranger = new TestAuthority(Files.createDirectory(folder.resolve("other")), "Another").certificate();
        int noData = freePort();
        int sevenBit = freePort();
        postfix = Postfix.start(server, authority.certificate(), Map.of(
                Ports.RELAY, "", noData, "chunking", sevenBit, "chunking,8bitmime,smtputf8,dsn,pipelining,size"));
        String port = Integer.toString(Ports.RELAY);
        String[] checked = {"host", "localhost", "port", port, "tls", "required", "certificateCheck", "chainAndHost",
            "trustedCertificatesFile", authority.certificate().toString()};
        WILDFLY.deploy(new RelayArchive()
                .with("negotiated", "port", port)
                .with("data", "port", Integer.toString(noData))
                .with("bare", "port", Integer.toString(sevenBit))
                .with("required", checked)
                .with("address", and(checked, "host", "127.0.0.1"))
                .with("stranger", and(checked, "trustedCertificatesFile", stranger.toString()))
                .with("certificate", and(checked, "certificateFile", client.toString(),
                        "privateKeyFile", TestAuthority.keyOf(client).toString()))
                .with("SCRAM-SHA-256", and(checked, "authMechanisms", "SCRAM-SHA-256",
                        "userName", Postfix.USER, "password", Postfix.PASSWORD))
                .with("PLAIN", and(checked, "authMechanisms", "PLAIN",
                        "userName", Postfix.USER, "password", Postfix.PASSWORD))
                .with("LOGIN", and(checked, "authMechanisms", "LOGIN",
                        "userName", Postfix.USER, "password", Postfix.PASSWORD))
                .build());
        WILDFLY.deploy(RelayArchive.application());
    }

    @AfterAll
    static void stop() throws IOException {
        if (postfix != null) {
            postfix.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"negotiated", "data"})
    void whatArrivesIsWhatWasSent(String factory) {
        for (Map.Entry<String, String> body : Map.of(
                "dots", ".\r\n..\r\n.a\r\n\r\n.\r\n",
                "long", "0123456789abcdef".repeat(60).concat("\r\n").repeat(250),
                "umlauts", "Grüße, привет, 你好\r\n").entrySet()) {
            String subject = factory + " " + body.getKey();
            String mail = HEADER + "Subject: " + subject + "\r\n\r\n" + body.getValue();

            assertThat(send(factory, mail)).contains("state SENT", "to reader@example.org 250");

            assertThat(postfix.awaitMail(subject)).isEqualTo(mail.replace("\r\n", "\n"));
        }
    }

    @Test
    void negotiatesTlsUncheckedAndTellsTheQueueId() {
        List<String> receipt = send("negotiated", mail("negotiated"));

        assertThat(receipt).contains("tls TLSv1.3 unchecked");
        String queueId = receipt.get(1).replace("queue ", "");
        assertThat(postfix.awaitTrace("negotiated"))
                .contains("using TLSv1.3", "(Postfix) with ESMTPS id " + queueId, "<author@example.com>");
        postfix.awaitLog(queueId + ": from=<author@example.com>");
    }

    @Test
    void requiresACertificateOfTheAuthorityForTheHost() {
        assertThat(send("required", mail("required"))).contains("state SENT", "tls TLSv1.3 checked");

        assertThat(send("address", mail("in vain")).get(0)).startsWith("failed TLS");
        assertThat(send("stranger", mail("in vain")).get(0)).startsWith("failed TLS");
        postfix.awaitMail("required");
        assertThat(postfix.mails("in vain")).isEmpty();
    }

    @Test
    void showsItsCertificate() {
        send("certificate", mail("certificate"));

        assertThat(postfix.awaitTrace("certificate"))
                .contains("Client CN \"app.example.com\"", "Issuer \"Test Authority\" (verified OK)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-256", "PLAIN", "LOGIN"})
    void authenticatesByEachMechanism(String mechanism) {
        List<String> receipt = send(mechanism, mail("by " + mechanism), "to=stranger@example.net");

        // It relays to strangers for users alone.
        assertThat(receipt).contains("state SENT");
        postfix.awaitLog("sasl_method=" + mechanism + ", sasl_username=app@example.com");
    }

    @Test
    void theApplicationNamesTheUser() {
        send("required", mail("by application"), "user=" + Postfix.USER, "password=" + Postfix.PASSWORD);
        assertThat(postfix.awaitTrace("by application"))
                .contains("Authenticated sender: app@example.com", "with ESMTPSA");

        List<String> refused = send("required", mail("in vain"), "user=" + Postfix.USER, "password=wrong");
        assertThat(refused.get(0)).isEqualTo("failed AUTHENTICATE for good");
        assertThat(refused.get(1)).contains("535 5.7.8");
    }

    @Test
    void theTranscriptShowsThePipelineAndNoSecret() {
        transcript(true);
        try {
            send("SCRAM-SHA-256", mail("a"), "to=reader@example.org");
            send("required", mail("b"), "user=" + Postfix.USER, "password=" + Postfix.PASSWORD);
            send("required", mail("c"), "user=" + Postfix.USER, "password=hunter2");
            send("data", mail("d"));
        } finally {
            transcript(false);
        }
        WILDFLY.log().await("S: 535 5.7.8");
        WILDFLY.log().await("C: DATA");
        String log = String.join("\n", WILDFLY.log().lines());
        // RFC 2920: both commands are out before the first is answered.
        assertThat(log).containsPattern("C: MAIL FROM:[^\n]* SIZE=\\d+[^\n]*\n[^\n]*C: RCPT TO:[^\n]*\n[^\n]*S: 250 ");
        assertThat(log).containsPattern("C: BDAT \\d+ LAST").contains("AUTH SCRAM-SHA-256 ****");
        assertThat(log).doesNotContain(Postfix.PASSWORD, "hunter2", base64(Postfix.PASSWORD), base64("hunter2"),
                base64("\0" + Postfix.USER + "\0" + Postfix.PASSWORD), base64("\0" + Postfix.USER + "\0hunter2"));
    }

    @Test
    void whatIsTooLargeIsNotEvenOffered() {
        String large = mail("large") + "x".repeat(78).concat("\r\n").repeat(Postfix.MAX_SIZE / 80 + 1);

        List<String> refused = send("negotiated", large);
        assertThat(refused.get(0)).isEqualTo("failed PREPARE for good");
        assertThat(refused.get(1)).contains("takes at most " + Postfix.MAX_SIZE);

        // Where the limit is not told, Postfix refuses what it has read.
        assertThat(send("bare", large)).anyMatch(line -> line.startsWith("failed END_OF_DATA for good"));
        assertThat(postfix.mails("large")).isEmpty();
    }

    @Test
    void contentIsConvertedForANextHopOfSevenBits() {
        send("bare", mail("seven bits") + "Grüße\r\n");

        assertThat(postfix.awaitMail("seven bits"))
                .contains("Content-Transfer-Encoding: quoted-printable\n", "Gr=C3=BC=C3=9Fe");
    }

    @Test
    void addressesMayBeInUtf8() {
        send("negotiated", mail("utf8"), "to=jörg@example.org");
        assertThat(postfix.awaitTrace("utf8")).contains("jörg@example.org", "with UTF8SMTPS");

        List<String> refused = send("bare", mail("utf8 in vain"), "to=jörg@example.org");
        assertThat(refused.get(0)).isEqualTo("failed PREPARE for good");
        assertThat(refused.get(1)).contains("does not offer SMTPUTF8");
    }

    @Test
    void aNotificationOfSuccessIsAskedFor() {
        send("negotiated", mail("dsn"), "notify=SUCCESS", "return=HDRS", "id=order-4711");

        assertThat(postfix.awaitMail("Successful Mail Delivery Report"))
                .contains("Original-Envelope-Id: order-4711", "Final-Recipient: rfc822; reader@example.org",
                        "Action: delivered");
    }

    @ParameterizedTest
    @CsvSource({"content, failed RECIPIENT for good", "partial, state SENT"})
    void ofTwoRecipientsOneIsRefused(String form, String outcome) {
        List<String> answer = send("negotiated", mail("two " + form), "form=" + form,
                "to=reader@example.org", "to=stranger@example.net");

        assertThat(answer.get(0)).isEqualTo(outcome);
        if (form.equals("partial")) {
            assertThat(answer).contains("to reader@example.org 250", "to stranger@example.net 554");
            postfix.awaitMail("two partial");
        } else {
            assertThat(answer.get(1)).contains("refused 1 of 2 recipients: 554 5.7.1");
            assertThat(postfix.mails("two content")).isEmpty();
        }
    }

    @Test
    void aRestartBetweenTwoMailsIsNotNoticed() throws Exception {
        assertThat(send("required", mail("before"))).contains("state SENT");
        postfix.restart();
        assertThat(send("required", mail("after"))).contains("state SENT", "tls TLSv1.3 checked");

        postfix.awaitMail("after");
        assertThat(postfix.mails("before")).hasSize(1);
        assertThat(postfix.mails("after")).hasSize(1);
    }

    @Test
    void aMessageTellsItsEnvelope() {
        send("negotiated", mail("message").replace("To: ", "Bcc: hidden@example.org\r\nTo: "), "form=message");

        assertThat(postfix.awaitMail("message")).doesNotContain("hidden").contains("To: reader@example.org\n");
        postfix.awaitLog("to=<hidden@example.org>.*status=sent");
        postfix.awaitLog("to=<reader@example.org>.*status=sent");
    }

    private static List<String> send(String factory, String mail, String... parameters) {
        return RelayArchive.send(WILDFLY, factory, mail, parameters);
    }

    private static String mail(String subject) {
        return HEADER + "Subject: " + subject + "\r\n\r\nHello\r\n";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes());
    }

    private static String[] and(String[] properties, String... others) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String[] pairs : List.of(properties, others)) {
            for (int i = 0; i < pairs.length; i += 2) {
                all.put(pairs[i], pairs[i + 1]);
            }
        }
        return all.entrySet().stream()
                .flatMap(pair -> Stream.of(pair.getKey(), pair.getValue())).toArray(String[]::new);
    }

    private static void transcript(boolean on) {
        ModelNode logger = Operations.createAddress("subsystem", "logging", "logger", "io.smtpra.ra.client");
        if (on) {
            ModelNode add = Operations.createAddOperation(logger);
            add.get("level").set("DEBUG");
            WILDFLY.execute(add);
        } else {
            WILDFLY.execute(Operations.createRemoveOperation(logger));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(Ports.LOOPBACK))) {
            return socket.getLocalPort();
        }
    }
}
