package io.smtpra.ra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ra.management.CertificatesMXBean;
import io.smtpra.ra.outbound.SmtpManagedConnectionFactory;
import io.smtpra.ra.tls.material.KeyMaterial;
import io.smtpra.ra.tls.material.TestPki;
import io.smtpra.ra.tls.material.TestPki.Request;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator sees of the certificates by JMX, and can do. */
class CertificateKeeperTest {

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final SmtpResourceAdapter adapter = new SmtpResourceAdapter();

    @TempDir
    private Path directory;

    @BeforeEach
    void configure() throws Exception {
        KeyMaterial.PemFiles files = install("mail.example.com");
        adapter.setSpoolDirectory(directory.resolve("spool").toString());
        adapter.setCertificateFile(files.certificateFile().toString());
        adapter.setPrivateKeyFile(files.privateKeyFile().toString());
        adapter.setSmtpPort("0");
    }

    @AfterEach
    void stop() {
        adapter.stop();
    }

    @Test
    void tellsWhenTheFirstCertificateExpires() throws Exception {
        adapter.start(new FakeBootstrapContext());

        assertThat(names()).singleElement()
                .satisfies(name -> assertThat(name.getKeyProperty("listener")).startsWith("\"127.0.0.1:"));
        assertThat(bean().getCertificates()).singleElement().asString().matches(
                "CN=mail.example.com, issued by CN=mail.example.com, valid until [-0-9T:]+Z, SHA-256 ([0-9A-F]{2}:){31}.*");
        assertThat(Instant.parse(bean().getExpires())).isAfter(Instant.now());
        assertThat(bean().getDaysLeft()).isBetween(80L, 90L);
    }

    @Test
    void readsNewMaterialWhenAskedAndKeepsTheOldIfItIsBad() throws Exception {
        adapter.start(new FakeBootstrapContext());
        install("new.example.com");
        bean().reload();
        assertThat(bean().getCertificates()).singleElement().asString().startsWith("CN=new.example.com,");

        Files.writeString(directory.resolve("mail.crt"), "no certificate");
        assertThatThrownBy(() -> bean().reload()).hasMessageContaining("certificateFile")
                .hasMessageContaining("mail.crt");
        assertThat(bean().getCertificates()).singleElement().asString().startsWith("CN=new.example.com,");
    }

    @Test
    void knowsWhatConnectionFactoriesShow() throws Exception {
        adapter.start(new FakeBootstrapContext());
        KeyMaterial.PemFiles own = TestPki.selfSigned(Request.subject("CN=client")).pemFiles(directory, "client");
        SmtpManagedConnectionFactory factory = new SmtpManagedConnectionFactory();
        factory.setCertificateFile(own.certificateFile().toString());
        factory.setPrivateKeyFile(own.privateKeyFile().toString());
        factory.setResourceAdapter(adapter);

        assertThat(bean().getCertificates()).hasSize(2).anyMatch(line -> line.startsWith("CN=client,"));

        TestPki.selfSigned(Request.subject("CN=another")).pemFiles(directory, "client");
        bean().reload();
        assertThat(bean().getCertificates()).hasSize(2).anyMatch(line -> line.startsWith("CN=another,"));
        assertThat(factory.getCertificateFile()).as("still in use").isNotEmpty();
    }

    @Test
    void goesWithItsAdapterAndComesWithEach() throws Exception {
        SmtpResourceAdapter other = new SmtpResourceAdapter();
        SmtpResourceAdapter third = new SmtpResourceAdapter();
        adapter.start(new FakeBootstrapContext());
        other.start(new FakeBootstrapContext());
        third.start(new FakeBootstrapContext());
        assertThat(names()).hasSize(3).filteredOn(name -> name.getKeyProperty("listener").equals("\"none\""))
                .hasSize(2);
        List.of(other, third).forEach(SmtpResourceAdapter::stop);
        assertThat(names()).hasSize(1);
        adapter.stop();
        assertThat(names()).isEmpty();
    }

    private CertificatesMXBean bean() throws Exception {
        return JMX.newMXBeanProxy(server, names().iterator().next(), CertificatesMXBean.class);
    }

    private Set<ObjectName> names() throws Exception {
        return server.queryNames(new ObjectName("io.smtpra:type=Certificates,*"), null);
    }

    private KeyMaterial.PemFiles install(String host) throws Exception {
        return TestPki.selfSigned(Request.host(host)).pemFiles(directory, "mail");
    }
}
