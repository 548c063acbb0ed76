package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.smtpra.it.Mails.StartTls;
import io.smtpra.it.app.AttachmentBean;
import io.smtpra.it.app.InboxBean;
import io.smtpra.it.app.Outcomes;
import io.smtpra.it.app.SendingOnBean;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail into the application as it is delivered. */
@ExtendWith(ArquillianExtension.class)
class InboundMailIT {

    private static final String SENDER = "author@example.org";
    private static final String INBOX = "inbox@example.com";

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @Deployment(testable = false)
    static EnterpriseArchive application() {
        return Archives.ear();
    }

    @Test
    void mailOverStartTlsReachesTheDatabase() throws Exception {
        String reply = Mails.send(Mails.message(SENDER, INBOX, "Over TLS", "Grüße\n"), StartTls.REQUIRED);

        assertThat(reply).startsWith("250 2.0.0 ");
        Map<String, String> row = WILDFLY.query("select * from SMTPRA_MAIL where SUBJECT = 'Over TLS'").get(0);
        assertThat(row)
                .containsEntry("REVERSE_PATH", SENDER)
                .containsEntry("PREVIEW", "Grüße")
                .containsEntry("PEER_ADDRESS", Ports.LOOPBACK)
                .containsEntry("HELO_NAME", "client.example.org")
                .containsEntry("LISTENER", "SMTP")
                .containsEntry("TLS_PROTOCOL", "TLSv1.3");
        assertThat(row.get("TLS_CIPHER")).startsWith("TLS_");
        assertThat(WILDFLY.query("select utf8tostring(OCTETS) as OCTETS from SMTPRA_MAIL_CONTENT where MAIL_ID = '"
                + row.get("ID") + "'").get(0).get("OCTETS"))
                .startsWith("Received: ").contains("with ESMTPS", row.get("ID"));
        assertThat(reply).contains(row.get("ID"));
        assertThat(WILDFLY.query("select RECIPIENT from SMTPRA_MAIL_RECIPIENT where MAIL_ID = '" + row.get("ID") + "'"))
                .containsExactly(Map.of("RECIPIENT", INBOX));
        assertThat(WILDFLY.log().await(row.get("ID"))).contains("INFO", "TLSv1.3");
    }

    @Test
    void plainClientIsServed() throws Exception {
        assertThat(Mails.send(Mails.message(SENDER, INBOX, "In plain", "text"), StartTls.NEVER)).startsWith("250 ");

        Map<String, String> row = WILDFLY.query("select * from SMTPRA_MAIL where SUBJECT = 'In plain'").get(0);
        assertThat(row).containsEntry("TLS_PROTOCOL", "").containsEntry("TLS_CIPHER", "");
    }

    @Test
    void mailThatIsSentAgainIsKeptOnce() throws Exception {
        MimeMessage message = Mails.message(SENDER, INBOX, "Twice", "text");

        assertThat(Mails.send(message, StartTls.REQUIRED)).startsWith("250 ");
        assertThat(Mails.send(message, StartTls.REQUIRED)).startsWith("250 ");

        assertThat(WILDFLY.query("select ID from SMTPRA_MAIL where SUBJECT = 'Twice'")).hasSize(1);
    }

    @Test
    void recipientThatNoBeanTakesIsRefused() throws Exception {
        MimeMessage message = Mails.message(SENDER, "somebody@nowhere.test", "Relay", "text");

        assertThatExceptionOfType(SendFailedException.class)
                .isThrownBy(() -> Mails.send(message, StartTls.REQUIRED))
                .havingCause().isInstanceOf(SMTPAddressFailedException.class).withMessageContaining("550 5.7.1");
    }

    @Test
    void beanThatThrowsLeavesNoRowAndAsksForAnotherTry() throws Exception {
        WILDFLY.table("INBOX (ID varchar(64), SUBJECT varchar(998))");
        WILDFLY.deploy(Archives.beans("inbox.jar", Archives.RAR_IN_EAR,
                Map.of("recipients", "*@example.net"), InboxBean.class));

        assertThatExceptionOfType(SMTPSendFailedException.class)
                .isThrownBy(() -> Mails.send(
                        Mails.message(SENDER, "a@example.net", InboxBean.FAIL, "text"), StartTls.REQUIRED))
                .withMessageContaining("451 4.3.0");
        assertThat(subjects()).isEmpty();

        Mails.send(Mails.message(SENDER, "a@example.net", "works", "text"), StartTls.REQUIRED);
        assertThat(subjects()).containsExactly("works");
    }

    /** 30 MB, ten attachments: read by name, the last one first, and compared with what was sent. */
    @Test
    void largeMailIsReadByTheNamesOfItsAttachments() throws Exception {
        WILDFLY.table(Outcomes.TABLE);
        WILDFLY.deploy(Archives.beans("attachments.jar", Archives.RAR_IN_EAR,
                Map.of("recipients", "large@example.net"), AttachmentBean.class));
        Map<String, String> sent = new TreeMap<>();
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        Random random = new Random(7);
        for (int i = 0; i < 10; i++) {
            String name = "Übersicht " + i + ".bin";
            byte[] octets = new byte[22_500_000 / 10];
            random.nextBytes(octets);
            sent.put(name, HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets))
                    .substring(0, AttachmentBean.KEPT));
            parts.writeBytes(("--b\r\nContent-Type: application/octet-stream\r\n"
                    + "Content-Transfer-Encoding: base64\r\n"
                    + "Content-Disposition: attachment; filename*=utf-8''" + name.replace("Ü", "%C3%9C")
                    .replace(" ", "%20")
                    + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            parts.writeBytes(Base64.getMimeEncoder().encode(octets));
            parts.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        mail.writeBytes(("From: author@example.org\r\nSubject: large\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                + "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + String.join("\r\n", sent.keySet())
                + "\r\n")
                .getBytes(StandardCharsets.UTF_8));
        parts.writeTo(mail);
        mail.writeBytes("--b--\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(mail.size()).isGreaterThan(30_000_000);

        try (OctetClient client = new OctetClient(Ports.SMTP)) {
            assertThat(client.send("large@example.net", mail.toByteArray())).startsWith("250 ");
        }

        assertThat(WILDFLY.query("select * from OUTCOME").stream()
                .collect(Collectors.toMap(row -> row.get("SUBJECT"), row -> row.get("MDC")))).isEqualTo(sent);
    }

    /** Each mail of the corpus through a bean and out again: as octets, and as a message that was gone through. */
    @ParameterizedTest
    @ValueSource(strings = {"octets", "message"})
    void mailLeavesOctetForOctetAsItCame(String recipient) throws Exception {
        WILDFLY.deploy(Archives.beans("sending-on.jar", Archives.RAR_IN_EAR,
                Map.of("recipients", "octets@example.net, message@example.net"), SendingOnBean.class));
        Map<String, String> differing = new TreeMap<>();
        try (SmtpPeer peer = SmtpPeer.plain()
                        .answering("EHLO", "250-peer.example.org\r\n250-8BITMIME\r\n250 SMTPUTF8");
                OctetClient client = new OctetClient(Ports.SMTP)) {
            for (Path file : corpus()) {
                String sent = withCrLf(Files.readString(file, StandardCharsets.ISO_8859_1));
                if (recipient.equals("message") && !sent.contains("Message-ID:")) {
                    // a message without an id and a date is given them before it is sent
                    continue;
                }
                int before = peer.mails().size();
                String reply = client.send(recipient + "@example.net", sent.getBytes(StandardCharsets.ISO_8859_1));
                if (!reply.startsWith("250 ")) {
                    differing.put(file.getFileName().toString(), reply);
                } else if (!withoutReceived(peer.mails().get(before).octets()).equals(sent)) {
                    differing.put(file.getFileName().toString(), peer.mails().get(before).octets());
                }
            }
        }
        assertThat(differing).isEmpty();
    }

    private static List<Path> corpus() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("it.corpus")))) {
            return files.filter(file -> file.toString().endsWith(".eml")).sorted().toList();
        }
    }

    /** SMTP ends a content with a line end. */
    private static String withCrLf(String text) {
        String lines = text.replace("\n", "\r\n");
        return lines.endsWith("\n") ? lines : lines + "\r\n";
    }

    private static String withoutReceived(String octets) {
        return octets.replaceFirst("^Received: [^\r]*\r\n(?:[ \t][^\r]*\r\n)*", "");
    }

    private static List<String> subjects() {
        return WILDFLY.query("select SUBJECT from INBOX").stream().map(row -> row.get("SUBJECT")).toList();
    }
}
