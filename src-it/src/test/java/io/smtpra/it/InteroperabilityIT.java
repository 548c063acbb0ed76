package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.ClientTool.Result;
import io.smtpra.it.app.SenderServlet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The programs with which administrators send and take mail, those of them that are installed. */
@ExtendWith(ArquillianExtension.class)
class InteroperabilityIT {

    private static final String SERVER = Ports.LOOPBACK + ":" + Ports.SMTP;

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @Deployment(testable = false)
    static EnterpriseArchive application() {
        return Archives.ear();
    }

    @Test
    void swaksOverStartTls() throws Exception {
        ClientTool.run("", "swaks", "--server", SERVER, "--tls", "--from", "you@example.org",
                "--to", "inbox@example.com", "--header", "Subject: From swaks", "--body", ".\nIt works.").succeeded();

        assertThat(row("From swaks")).containsEntry("TLS_PROTOCOL", "TLSv1.3");
        assertThat(row("From swaks").get("PREVIEW")).startsWith(". It works.");
    }

    @Test
    void swaksPipelined() throws Exception {
        ClientTool.run("", "swaks", "--server", SERVER, "--pipeline", "--from", "you@example.org",
                "--to", "one@example.com,two@example.com", "--header", "Subject: Pipelined").succeeded();

        assertThat(WILDFLY.query("""
                select RECIPIENT from SMTPRA_MAIL_RECIPIENT join SMTPRA_MAIL on MAIL_ID = ID
                where SUBJECT = 'Pipelined' order by POSITION"""))
                .extracting(row -> row.get("RECIPIENT")).containsExactly("one@example.com", "two@example.com");
    }

    @Test
    void curlOverStartTls(@TempDir Path folder) throws Exception {
        Path mail = Files.writeString(folder.resolve("mail"), "Subject: From curl\r\n\r\nIt works.\r\n");

        ClientTool.run("", "curl", "--silent", "--show-error", "--ssl-reqd", "--insecure", "--url", "smtp://" + SERVER,
                "--mail-from", "you@example.org", "--mail-rcpt", "inbox@example.com",
                "--upload-file", mail.toString()).succeeded();

        assertThat(row("From curl")).containsEntry("TLS_PROTOCOL", "TLSv1.3").containsEntry("PREVIEW", "It works.");
    }

    @Test
    void opensslByHand() throws Exception {
        Process client = ClientTool.start("openssl", "s_client", "-quiet", "-crlf", "-starttls", "smtp", "-tls1_2",
                "-connect", SERVER);
        BufferedReader replies =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        say(client, "EHLO client.example.org");
        // openssl shows the end of its own EHLO as well; this is offered inside TLS alone
        awaitReply(replies, "250 REQUIRETLS");
        for (String command : List.of("MAIL FROM:<you@example.org>", "RCPT TO:<inbox@example.com>")) {
            say(client, command);
            awaitReply(replies, "250 2.1.");
        }
        say(client, "DATA");
        awaitReply(replies, "354 ");
        say(client, "Subject: By hand\n\n..It works.\n.");
        awaitReply(replies, "250 2.0.0 ");
        say(client, "QUIT");
        awaitReply(replies, "221 ");
        ClientTool.finish(client).succeeded();

        assertThat(row("By hand")).containsEntry("TLS_PROTOCOL", "TLSv1.2").containsEntry("PREVIEW", ".It works.");
    }

    @Test
    void postfixSmtpSourceOnKeptConnections() throws Exception {
        ClientTool.run("", "smtp-source", "-s", "4", "-m", "40", "-l", "20000", "-S", "From Postfix",
                "-f", "you@example.org", "-t", "inbox@example.com", SERVER).succeeded();

        assertThat(WILDFLY.query("select SIZE_OCTETS from SMTPRA_MAIL where SUBJECT = 'From Postfix'")).hasSize(40);
    }

    @Test
    void postfixSmtpSinkAsNextHop() throws Exception {
        WILDFLY.deploy(Archives.web("sender.war", Archives.RAR_IN_EAR, SenderServlet.class));
        Process sink = smtpSink();
        try {
            String mail = "From: author@example.com\r\nTo: reader@example.org\r\nSubject: x\r\n\r\n.dot\r\n";
            String answer = Await.value("an answer of smtp-sink", () -> {
                String said = WILDFLY.request("/sender/send?transaction=none", mail);
                return said.startsWith("SENT") ? Optional.of(said) : Optional.empty();
            });
            assertThat(answer).isEqualTo("SENT plain");
        } finally {
            // unlike Process.destroy, this leaves its output to be read
            sink.toHandle().destroy();
        }
        Result result = ClientTool.finish(sink);
        assertThat(result.output()).contains("author@example.com", "reader@example.org");
    }

    /** It gives up root's rights, and insists on being told for whom. */
    private static Process smtpSink() throws IOException {
        String address = Ports.LOOPBACK + ":" + Ports.RELAY;
        return System.getProperty("user.name").equals("root")
                ? ClientTool.start("smtp-sink", "-v", "-u", "nobody", address, "10")
                : ClientTool.start("smtp-sink", "-v", address, "10");
    }

    private static Map<String, String> row(String subject) {
        return WILDFLY.query("select * from SMTPRA_MAIL where SUBJECT = '" + subject + "'").get(0);
    }

    private static void say(Process client, String line) throws IOException {
        OutputStream stdin = client.getOutputStream();
        stdin.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        stdin.flush();
    }

    /** Reads up to a line that begins so; what openssl says of the certificate comes before. */
    private static void awaitReply(BufferedReader replies, String begin) throws IOException {
        StringBuilder heard = new StringBuilder();
        for (String line = replies.readLine(); line != null; line = replies.readLine()) {
            heard.append(line).append('\n');
            if (line.startsWith(begin)) {
                return;
            }
        }
        throw new AssertionError("No reply " + begin + " in " + heard);
    }
}
