package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.AuthenticityBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who sent a mail, from the DNS to the bean: docs/authenticity.md. */
@ExtendWith(ArquillianExtension.class)
class AuthenticityIT {

    private static final String INBOX = "inbox@example.com";
    private static final String SENDER = "joe@sender.example.org";

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @TempDir
    Path folder;
    private NameServer dns;

    @BeforeEach
    void prepare() throws Exception {
        dns = new NameServer();
        WILDFLY.property("smtpra.dns.servers", dns.address());
        WILDFLY.property("smtpra.authentication.timeout", "2s");
        WILDFLY.property("smtpra.authentication.results", "true");
        WILDFLY.property("smtpra.host.name", "mx.example.com");
        WILDFLY.table("INBOX (ID varchar(64), SUBJECT varchar(2000))");
    }

    @AfterEach
    void stop() {
        dns.close();
    }

    /** The tests' client is on this host, which is trusted unless the property says otherwise. */
    private void deploy() throws Exception {
        WILDFLY.property("smtpra.trusted.networks", "192.0.2.0/24");
        deployTrusting();
    }

    private void deployTrusting() throws Exception {
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(Archives.beans(
                "inbox.jar", Archives.RAR, Map.of("recipients", INBOX), AuthenticityBean.class));
    }

    private static String seen() {
        return WILDFLY.query("select SUBJECT from INBOX").get(0).get("SUBJECT");
    }

    private static String mail(String header) {
        return header + "From: Joe <" + SENDER + ">\r\nTo: <" + INBOX + ">\r\nSubject: hello\r\n\r\ntext\r\n";
    }

    @Test
    void aBeanLearnsThatAMailIsGenuine() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        Path key = folder.resolve("key.pem");
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(
                        keys.getPrivate().getEncoded()) + "\n-----END PRIVATE KEY-----\n");
        dns.txt("sender.example.org", "v=spf1 ip4:127.0.0.1 -all")
                .txt("_dmarc.sender.example.org", "v=DMARC1; p=reject")
                .txt("s1._domainkey.sender.example.org", "v=DKIM1; k=rsa; p="
                        + Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()));
        deploy();

        String signed = ClientTool.run(mail(""), "dkimsign", "s1", "sender.example.org", key.toString())
                .succeeded().output();
        assertThat(Dialogue.sendContent(SENDER, INBOX, signed)).startsWith("250 ");
        assertThat(seen().replace("\"", "")).isEqualTo("spf pass, dkim pass sender.example.org , dmarc pass, from sender.example.org"
                + " | mx.example.com; spf=pass smtp.mailfrom=sender.example.org;"
                + " dkim=pass header.d=sender.example.org header.s=s1 header.a=rsa-sha256 header.b="
                + signed.replaceAll("(?s).*?;\\s+b=\\s*(\\S{12}).*", "$1") + "; dmarc=pass header.from=sender.example.org"
                + " policy.dmarc=reject");
    }

    @ParameterizedTest
    @CsvSource({"observe,250", "enforce,550 5.7.26 sender.example.org asks"})
    void aForgedMailIsRefusedOnlyWhereToldSo(String policy, String reply) throws Exception {
        dns.txt("sender.example.org", "v=spf1 -all").txt("_dmarc.sender.example.org", "v=DMARC1; p=reject");
        WILDFLY.property("smtpra.dmarc.policy", policy);
        deploy();

        assertThat(Dialogue.sendContent(SENDER, INBOX,
                mail("Authentication-Results: mx.example.com; dmarc=pass header.from=sender.example.org\r\n")))
                .startsWith(reply);
        assertThat(WILDFLY.log().await(policy.equals("enforce") ? "is refused: 550" : "would be refused.*550"))
                .contains("dmarc=fail sender.example.org");
        if (policy.equals("observe")) {
            assertThat(seen()).startsWith("spf fail, dmarc fail, from anybody | mx.example.com; spf=fail");
        } else {
            assertThat(WILDFLY.query("select * from INBOX")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"observe,250", "enforce,451 4.7.24 SPF of sender.example.org cannot be checked now"})
    void aDnsThatIsDeadCostsNoMailUnlessToldSo(String policy, String reply) throws Exception {
        dns.fallSilent();
        WILDFLY.property("smtpra.spf.policy", policy);
        deploy();

        assertThat(Dialogue.sendContent(SENDER, INBOX, mail(""))).startsWith(reply);
        assertThat(WILDFLY.log().await("SMTPRA0460: ")).contains("dnsServers", dns.address());
        if (policy.equals("observe")) {
            assertThat(seen()).startsWith("spf temperror, dmarc temperror, from anybody");
        }
    }

    @Test
    void thisHostIsNotAskedWhoItIs() throws Exception {
        deployTrusting();

        assertThat(Dialogue.sendContent(SENDER, INBOX, mail(""))).startsWith("250 ");
        assertThat(seen()).startsWith("spf unasked, dmarc unasked, from anybody | from client.example.org");
        assertThat(dns.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "smtpra.dns.servers | ns.example.com | 'dnsServers' is 'ns.example.com'",
        "smtpra.spf.policy | reject | 'spfPolicy' is 'reject', allowed: enforce, observe, off",
        "smtpra.dmarc.policy | yes | 'dmarcPolicy' is 'yes'",
        "smtpra.authentication.timeout | 0s | 'authenticationTimeout' is '0s'",
        "smtpra.authentication.results | maybe | 'authenticationResults' is 'maybe'",
        "smtpra.trusted.networks | here | 'trustedNetworks' is 'here'",
        "smtpra.trusted.signers | a..b | 'trustedSigners' is 'a..b'",
    })
    void aWrongPropertyFailsTheDeployment(String property, String value, String message) {
        WILDFLY.property(property, value);
        assertThat(WILDFLY.deployInVain(Archives.rar())).contains(message);
    }

    @Test
    void nothingOfItRunsOnWhenTheAdapterIsGone() throws Exception {
        deploy();
        assertThat(Dialogue.sendContent(SENDER, INBOX, mail(""))).startsWith("250 ");
        assertThat(threads()).anyMatch(name -> name.startsWith("smtp-ra dns"));

        WILDFLY.undeploy("inbox.jar");
        WILDFLY.undeploy(Archives.RAR);
        Await.until("its threads have ended", () -> threads().stream()
                .noneMatch(name -> name.startsWith("smtp-ra dns") || name.startsWith("dnsjava")));
    }

    private static List<String> threads() {
        ModelNode dump = Operations.createOperation("dump-all-threads",
                Operations.createAddress("core-service", "platform-mbean", "type", "threading"));
        dump.get("locked-monitors").set(false);
        dump.get("locked-synchronizers").set(false);
        return WILDFLY.execute(dump).asList().stream().map(thread -> thread.get("thread-name").asString()).toList();
    }
}
