package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands between the server and the world: a proxy in front, and limits. */
@ExtendWith(ArquillianExtension.class)
class ProtectionIT {

    private static final String SERVER = Ports.LOOPBACK + ":" + Ports.SMTP;
    private static final String LONG = "Long\r\n\r\n" + ("x".repeat(70) + "\r\n").repeat(5_000);

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    /** The address that the proxy reports is the client's, for the bean, in the header and in the log. */
    @ParameterizedTest
    @CsvSource({"1, TCP4", "2, AF_INET"})
    void behindAProxyTheClientIsSeen(String version, String family) throws Exception {
        WILDFLY.property("smtpra.proxy.protocol", "required");
        WILDFLY.property("smtpra.proxy.networks", "127.0.0.0/8, ::1");
        WILDFLY.property("smtpra.denied.networks", "203.0.113.0/24");
        WILDFLY.deploy(Archives.ear());
        String subject = "By way of version " + version;

        swaks(subject, version, family, "198.51.100.7").succeeded();

        Map<String, String> row =
                WILDFLY.query("select * from SMTPRA_MAIL where SUBJECT = '" + subject + "'").get(0);
        assertThat(row.get("PEER_ADDRESS")).contains("198.51.100.7");
        assertThat(WILDFLY.query("select utf8tostring(OCTETS) as OCTETS from SMTPRA_MAIL_CONTENT where MAIL_ID = '"
                + row.get("ID") + "'").get(0).get("OCTETS"))
                .contains("([198.51.100.7])").doesNotContain("([" + Ports.LOOPBACK + "])");
        WILDFLY.log().await("mail id=.* peer=\\[198\\.51\\.100\\.7\\]");
        assertThat(swaks("Denied", version, family, "203.0.113.9").output()).contains("554 5.7.1");
        assertThat(ClientTool.run("", "swaks", "--server", SERVER, "--quit-after", "banner").status())
                .as("without a header").isNotZero();
    }

    private static ClientTool.Result swaks(String subject, String version, String family, String client)
            throws IOException {
        return ClientTool.run("", "swaks", "--server", SERVER, "--proxy-version", version, "--proxy-family", family,
                "--proxy-protocol", "STREAM", "--proxy-source", client, "--proxy-source-port", "1234",
                "--proxy-dest", "192.0.2.2", "--proxy-dest-port", "25", "--tls",
                "--from", "you@example.org", "--to", "inbox@example.com", "--header", "Subject: " + subject);
    }

    /** Without a place for its files the server refuses for now what is too long for memory, and nothing else. */
    @Test
    void withoutSpaceLongMailsAreRefusedForNow(@TempDir Path folder) throws Exception {
        Path spool = folder.resolve("spool");
        WILDFLY.property("smtpra.spool.directory", spool.toString());
        WILDFLY.property("smtpra.memory.threshold", "64K");
        WILDFLY.deploy(Archives.ear());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(spool)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(spool);

        assertThat(Dialogue.send(LONG, "inbox@example.com"))
                .isEqualTo("452 4.3.1 Insufficient storage");
        WILDFLY.log().await("ERROR .*mail .* cannot be stored, answering 452: .*NoSuchFile");
        assertThat(Dialogue.send("Short", "inbox@example.com")).startsWith("250 2.0.0");

        Files.createDirectory(spool);
        assertThat(Dialogue.send(LONG, "inbox@example.com")).startsWith("250 2.0.0");
        Await.until("no file of a mail that has ended", () -> spool.toFile().list().length == 0);
    }
}
