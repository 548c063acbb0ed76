package io.smtpra.ra;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ListenerKind;
import io.smtpra.mail.MailLimits;
import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.inbound.SmtpActivationSpec;
import io.smtpra.ra.inbound.delivery.DeliveryConfig;
import io.smtpra.ra.inbound.delivery.FakeEndpoints;
import io.smtpra.ra.inbound.delivery.FakeTransactions;
import io.smtpra.ra.inbound.delivery.FakeWorkManager;
import io.smtpra.ra.inbound.listener.ListenerConfig;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import io.smtpra.ra.inbound.smtp.rules.ProtocolConfig;
import io.smtpra.ra.inbound.smtp.rules.SaslMechanism;
import io.smtpra.ra.inbound.users.CertificateUsers;
import io.smtpra.ra.tls.material.TestPki;
import io.smtpra.ra.tls.server.ClientCertificates;
import jakarta.resource.spi.ConfigProperty;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapterInternalException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.MBeanServerDelegate;
import javax.management.MBeanServerNotification;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SmtpResourceAdapterTest {

    private final SmtpResourceAdapter adapter = new SmtpResourceAdapter();
    private final FakeBootstrapContext context = new FakeBootstrapContext();

    @TempDir
    private Path directory;

    @BeforeEach
    void spoolToADirectoryOfItsOwn() {
        adapter.setSpoolDirectory(directory.resolve("spool").toString());
    }

    @AfterEach
    void stop() {
        adapter.stop();
    }

    @Test
    void byDefaultItListensNowhere() throws Exception {
        assertThat(AdapterConfig.read(PropertyReader.of(adapter, "resource adapter")).listeners()).isEmpty();
        adapter.start(context);
        assertThat(directory.resolve("spool")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            mx.example.com,  mx.example.com
            mx.bücher.test,  mx.xn--bcher-kva.test
            localhost,       -
            [192.0.2.1],     -
            """)
    void onlyAFullNameIsGivenToNextHops(String configured, String domainName) {
        adapter.setHostName(configured);
        assertThat(adapter.domainName()).isEqualTo(Optional.ofNullable(domainName));
    }

    @Test
    void theMachinesOwnNameIsGivenToNextHopsIfItIsAFullOne() {
        assertThat(adapter.domainName()).satisfiesAnyOf(
                name -> assertThat(name).isEmpty(),
                name -> assertThat(name.orElseThrow()).contains(".").doesNotStartWith("["));
    }

    @Test
    void itListensWhereItIsToldAndAgainAtOnce() throws Exception {
        int port = freePort();
        adapter.setHostName("mx.example.com");
        adapter.setSmtpPort(Integer.toString(port));
        for (int round = 0; round < 3; round++) {
            adapter.start(context);
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(line(client)).startsWith("220 mx.example.com ");
                adapter.stop();
                assertThat(line(client)).startsWith("421 4.3.2 ");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            deniedNetworks            | 127.0.0.0/8  | -            | 554 5.7.1
            allowedNetworks           | 192.0.2.0/24 | -            | 554 5.7.1
            commandTimeout            | 200ms        | NO           | 421 4.4.2
            maxErrors                 | 1            | XYZZY        | 421 4.7.0 Too many errors
            startTls                  | disabled     | STARTTLS     | 502 5.5.1
            startTls                  | required     | MAIL FROM:<> | 530 5.7.0
            chunking                  | false        | BDAT 0       | 502 5.5.1
            enhancedStatusCodes       | false        | NOOP         | 250 Ok
            help                      | true         | HELP NOOP    | 214 2.0.0
            vrfy                      | true         | VRFY         | 501 5.5.4
            expn                      | true         | EXPN         | 501 5.5.4
            etrn                      | true         | ETRN x       | 503 5.5.1
            """)
    void theProtocolIsAsThePropertiesSay(String property, String value, String command, String reply) throws Exception {
        int port = freePort();
        adapter.setHostName("mx.example.com");
        adapter.setSmtpPort(Integer.toString(port));
        set(property, value);
        adapter.start(context);
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            if (command != null) {
                assertThat(line(client)).startsWith("220 mx.example.com ");
                client.getOutputStream().write((command + (command.equals("NO") ? "" : "\r\n")).getBytes(US_ASCII));
            }
            assertThat(line(client)).startsWith(reply);
        }
    }

    @Test
    void withAProxyInFrontItsClientsAreTheOnesThatCount() throws Exception {
        int port = freePort();
        adapter.setSmtpPort(Integer.toString(port));
        adapter.setProxyProtocol("required");
        adapter.setProxyNetworks("127.0.0.0/8");
        adapter.setMaxConnectionsPerAddress("1");
        adapter.start(context);
        try (Socket first = proxied(port, "192.0.2.1"); Socket second = proxied(port, "192.0.2.1");
                Socket other = proxied(port, "192.0.2.2")) {
            assertThat(List.of(line(first).substring(0, 3), line(second).substring(0, 3)))
                    .containsExactlyInAnyOrder("220", "421");
            assertThat(line(other)).startsWith("220 ");
        }
    }

    @Test
    void whoTalksBeforeTheGreetingIsSentAwayUnlessItIsExpected() throws Exception {
        int port = freePort();
        adapter.setSmtpPort(Integer.toString(port));
        adapter.setProxyProtocol("required");
        adapter.setProxyNetworks("127.0.0.0/8");
        adapter.setGreetingDelay("30s");
        adapter.start(context);
        try (Socket stranger = proxied(port, "192.0.2.1", "EHLO a\r\n");
                Socket thisHost = proxied(port, "127.0.0.1", "QUIT\r\n")) {
            assertThat(line(stranger)).isEqualTo("554 Wait for the greeting before sending, closing");
            assertThat(line(thisHost)).startsWith("220 ");
        }
        adapter.stop();
        adapter.setAllowedNetworks("192.0.2.0/24");
        adapter.start(context);
        try (Socket expected = proxied(port, "192.0.2.1", "QUIT\r\n")) {
            assertThat(line(expected)).startsWith("220 ");
        }
    }

    private static Socket proxied(int port, String client) throws IOException {
        return proxied(port, client, "");
    }

    private static Socket proxied(int port, String client, String said) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream()
                .write(("PROXY TCP4 " + client + " 192.0.2.9 1234 25\r\n" + said).getBytes(US_ASCII));
        return socket;
    }

    @Test
    void aPortInUseIsNamedAndNothingGoesOnRunning() throws Exception {
        Set<String> before = threads();
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int free = freePort();
            adapter.setSmtpPort(Integer.toString(free));
            adapter.setSubmissionPort(Integer.toString(taken.getLocalPort()));
            adapter.setSubmissionAuthentication("none");

            assertThatThrownBy(() -> adapter.start(context))
                    .isInstanceOf(ResourceAdapterInternalException.class)
                    .hasMessageContaining("'submissionPort'")
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
            try (ServerSocket again = new ServerSocket()) {
                again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), free));
            }
        }
        awaitThreads(before);
    }

    @Test
    void itsThreadsEndWithIt() throws Exception {
        Set<String> before = threads();
        adapter.setSmtpPort(Integer.toString(freePort()));
        adapter.start(context);
        assertThat(threads()).isNotEqualTo(before);
        adapter.stop();
        awaitThreads(before);
    }

    @Test
    void itKnowsItsBeansAndWhatTheySendUntilItsEnd() throws Exception {
        FakeTransactions transactions = new FakeTransactions();
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        FakeEndpoints bean = FakeEndpoints.plain(transactions, mail -> {
            called.countDown();
            go.await();
        });
        SmtpActivationSpec spec = new SmtpActivationSpec();
        spec.setRecipients("*@example.com");
        int port = freePort();
        adapter.setSmtpPort(Integer.toString(port));
        try (FakeWorkManager workManager = new FakeWorkManager(transactions);
                Socket client = new Socket()) {
            context.workManager = workManager;
            context.transactions = transactions;
            adapter.start(context);
            adapter.endpointActivation(bean, spec);
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            client.setSoTimeout(10_000);
            BufferedReader replies = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
            for (String line : List.of("HELO client.example.org", "MAIL FROM:<>", "RCPT TO:<u@example.com>", "DATA",
                    "\r\n.")) {
                assertThat(replies.readLine()).matches("[23]\\d\\d .*");
                client.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
            }
            assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();

            CompletableFuture<Void> stop = CompletableFuture.runAsync(adapter::stop);
            assertThat(stop).isNotDone();
            Eventually.isTrue(() -> !accepts(port));
            assertThat(adapter.heldMails()).isNotNull();
            CompletableFuture<Void> undeploy =
                    CompletableFuture.runAsync(() -> adapter.endpointDeactivation(bean, spec));
            assertThat(undeploy).as("the bean is still at work").isNotDone();

            go.countDown();
            undeploy.get(10, TimeUnit.SECONDS);
            assertThat(replies.readLine()).startsWith("250 2.0.0");
            stop.get(10, TimeUnit.SECONDS);
            assertThatThrownBy(adapter::heldMails).hasMessageContaining("not started");
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The last thing at the start is the bean for management: whoever hears of it can break the start with all running.
     */
    @Test
    void anErrorAtStartLeavesNothingRunning() throws Exception {
        MBeanServer management = ManagementFactory.getPlatformMBeanServer();
        NotificationListener breaking = (event, handback) -> {
            ObjectName name = ((MBeanServerNotification) event).getMBeanName();
            if (event.getType().equals(MBeanServerNotification.REGISTRATION_NOTIFICATION)
                    && name.getDomain().equals("io.smtpra")) {
                throw new NoClassDefFoundError("half deployed");
            }
        };
        Set<String> before = threads();
        int port = freePort();
        adapter.setSmtpPort(Integer.toString(port));
        management.addNotificationListener(MBeanServerDelegate.DELEGATE_NAME, breaking, null, null);
        try {
            assertThatThrownBy(() -> adapter.start(context)).isInstanceOf(NoClassDefFoundError.class);
        } finally {
            management.removeNotificationListener(MBeanServerDelegate.DELEGATE_NAME, breaking);
            for (ObjectName left : management.queryNames(new ObjectName("io.smtpra:*"), null)) {
                if (left.getKeyProperty("type").equals("TlsLibrary")) {
                    continue; // stays for as long as the JVM
                }
                try {
                    management.unregisterMBean(left);
                } catch (RuntimeMBeanException e) {
                    // it goes, but wonders at its name, which it was never told
                }
            }
        }
        awaitThreads(before);
        assertThat(accepts(port)).isFalse();
    }

    @Test
    void aCertificateThatIsNotThereIsNamed() throws IOException {
        adapter.setSmtpPort(Integer.toString(freePort()));
        adapter.setCertificateFile(directory.resolve("nothing.pem").toString());
        assertThatThrownBy(() -> adapter.start(context))
                .isInstanceOf(ResourceAdapterInternalException.class)
                .hasMessageContaining("certificateFile").hasMessageContaining("nothing.pem");
    }

    @Test
    void aSpoolDirectoryThatIsAFileIsNamed() throws IOException {
        adapter.setSmtpPort(Integer.toString(freePort()));
        adapter.setSpoolDirectory(Files.createFile(directory.resolve("file")).toString());
        assertThatThrownBy(() -> adapter.start(context))
                .isInstanceOf(ResourceAdapterInternalException.class)
                .hasMessageContaining("'spoolDirectory'").hasMessageContaining("file");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            smtpPort             | abc          | -1 (off), 0 (any free port) or 1 to 65535
            submissionsPort      | 65536        | -1 (off)
            bindAddress          | no.such.test | an address of this host
            hostName             | a_b..c       | a domain name
            startTls             | perhaps      | disabled, enabled, required
            clientCertificates   | maybe        | none, request, require
            tlsProvider          | gnutls       | auto, jdk, openssl
            revocationCheck      | yes          | true or false
            chunking             | on           | true or false
            maxMessageSize       | 10X          | octets
            maxRecipients        | 99           | 100 to
            bareNewline          | ignore       | accept-as-data, normalize, reject
            maxMimeDepth         | 501          | 1 to 500
            maxMimeParts         | 0            | 1 to
            maxHeaderSize        | 2G           | octets
            maxTextSize          | much         | octets
            addressSyntax        | loose        | common, strict
            allowedNetworks      | 10.0.0.0/33  | 192.0.2.0/24
            proxyProtocol        | optional     | disabled, required
            maxDeliveries        | 0            | 1 to 10000
            deliveryTimeout      | soon         | a duration
            maxMemory            | 1            | octets
            maxHandshakeFailures | 0            | 1 to
            securityDomain       | Nowhere      | the name of a security domain
            authMechanisms       | NTLM         | PLAIN, LOGIN, EXTERNAL, SCRAM-SHA-256
            smtpAuthMechanisms   | NTLM         | PLAIN, LOGIN, EXTERNAL
            authMechanisms       | SCRAM-SHA-256 | with a securityDomain that has passwords
            smtpAuthMechanisms   | OAUTHBEARER  | with a securityDomain that checks tokens
            authMechanisms       | EXTERNAL     | clientCertificates=request or require
            submissionsAuthMechanisms | EXTERNAL | submissionsClientCertificates=request
            submissionsClientCertificates | maybe | none, request, require
            submissionAuthentication | perhaps  | none, optional, required
            verifySender         | maybe        | none, user
            localDomains         | joe@example.com | domains, or *.domain
            localDomains         | *            | domains, or *.domain
            spfPolicy            | reject       | enforce, observe, off
            dmarcPolicy          | quarantine   | enforce, observe, off
            authenticationTimeout | 2m          | a duration from 100ms to 60s
            authenticationResults | yes         | true or false
            trustedNetworks      | 10.0.0.0/33  | 192.0.2.0/24
            trustedSigners       | list..test   | names of domains
            dnsServers           | ns.test      | addresses of resolvers
            dnsServers           | 192.0.2.1:0  | addresses of resolvers
            dnsServers           | [192.0.2.1]:99999 | addresses of resolvers
            """)
    void whatIsWrongIsNamed(String property, String value, String allowed) throws Exception {
        set(property, value);
        assertThatThrownBy(() -> AdapterConfig.read(PropertyReader.of(adapter, "resource adapter")))
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageContaining("resource adapter")
                .hasMessageContaining("property '" + property + "' is '" + value + "', allowed: ")
                .hasMessageContaining(allowed);
    }

    @Test
    void mailsAreLookedIntoAsFarAsTheApiDoes() throws Exception {
        assertThat(AdapterConfig.read(PropertyReader.of(adapter, "resource adapter")).mails())
                .isEqualTo(MailLimits.DEFAULT);
    }

    @Test
    void oneMessageNamesEveryFault() {
        adapter.setSmtpPort("x");
        adapter.setCertificateFile("one.pem");
        adapter.setPrivateKeyFile("one.key, two.key");
        adapter.setProxyProtocol("required");
        assertThatThrownBy(() -> adapter.start(context))
                .isInstanceOf(ResourceAdapterInternalException.class)
                .hasMessageContaining("'smtpPort'").hasMessageContaining("'privateKeyFile'")
                .hasMessageContaining("'proxyNetworks'");
    }

    @ParameterizedTest
    @MethodSource("properties")
    void adaptersAreEqualIfEachPropertyIs(Field property) throws Exception {
        SmtpResourceAdapter other = new SmtpResourceAdapter();
        SmtpResourceAdapter changed = new SmtpResourceAdapter();
        String name = property.getName();
        SmtpResourceAdapter.class
                .getMethod("set" + Character.toUpperCase(name.charAt(0)) + name.substring(1), String.class)
                .invoke(changed, "other");
        assertThat(new SmtpResourceAdapter()).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo(changed);
    }

    static Stream<Field> properties() {
        return Stream.of(SmtpResourceAdapter.class.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(ConfigProperty.class));
    }

    @Test
    void hasNoAncestorInWhichSomeServersWouldNotFindProperties() {
        assertThat(SmtpResourceAdapter.class.getSuperclass()).isEqualTo(Object.class);
    }

    @Test
    void eachRoomReadsItsPartOfTheProperties() throws Exception {
        PropertyReader reader = AdapterProperties.with(Map.of(
                "submissionPort", "0", "proxyProtocol", "required", "proxyNetworks", "192.0.2.0/24", "vrfy", "true",
                "maxDeliveries", "7", "certificateRoles", "mailer, clerk"));

        assertThat(ListenerConfig.read(reader)).singleElement().satisfies(listener -> {
            assertThat(listener.kind()).isEqualTo(ListenerKind.SUBMISSION);
            assertThat(listener.proxyProtocol()).isPresent();
        });
        assertThat(ProtocolConfig.read(reader, "mx.example.com").extensions()).contains(Extension.VRFY)
                .doesNotContain(Extension.EXPN);
        assertThat(DeliveryConfig.read(reader).maxDeliveries()).isEqualTo(7);
        assertThat(CertificateUsers.read(reader).roles()).containsExactlyInAnyOrder("mailer", "clerk");
        reader.finish();
    }

    @Test
    void eachPortAsksItsClientsInItsOwnWay() throws Exception {
        TestPki.Authority authority = TestPki.authority("Clients");
        adapter.setTrustedCertificatesFile(authority.file(directory.resolve("ca.pem")).toString());
        adapter.setSmtpPort("0");
        adapter.setSubmissionsClientCertificates("require");
        adapter.setSubmissionsAuthMechanisms("EXTERNAL");

        AdapterConfig config = AdapterConfig.read(PropertyReader.of(adapter, "resource adapter"));

        assertThat(config.clientCertificates()).containsEntry(ListenerKind.SMTP, ClientCertificates.NONE)
                .containsEntry(ListenerKind.SUBMISSION, ClientCertificates.NONE)
                .containsEntry(ListenerKind.SUBMISSIONS, ClientCertificates.REQUIRE);
        assertThat(config.protocol().rules().get(ListenerKind.SUBMISSIONS).mechanisms())
                .contains(List.of(SaslMechanism.EXTERNAL));
        assertThat(config.protocol().rules().get(ListenerKind.SMTP).mechanisms()).isEmpty();
    }

    private void set(String property, String value) throws ReflectiveOperationException {
        SmtpResourceAdapter.class
                .getMethod("set" + Character.toUpperCase(property.charAt(0)) + property.substring(1), String.class)
                .invoke(adapter, value);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String line(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        return new BufferedReader(new InputStreamReader(socket.getInputStream())).readLine();
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith("smtp-ra")).collect(Collectors.toSet());
    }

    private static void awaitThreads(Set<String> expected) throws InterruptedException {
        long end = System.nanoTime() + 10_000_000_000L;
        while (!expected.containsAll(threads())) {
            assertThat(System.nanoTime()).as("still running: %s", List.copyOf(threads())).isLessThan(end);
            Thread.sleep(10);
        }
    }
}
