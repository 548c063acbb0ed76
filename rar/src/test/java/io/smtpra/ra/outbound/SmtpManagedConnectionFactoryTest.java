package io.smtpra.ra.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smtpra.SmtpConnectionFactory;
import io.smtpra.ra.client.ClientConfig;
import io.smtpra.ra.client.transfer.ClientExtensions;
import io.smtpra.ra.outbound.settings.OutboundConfig;
import io.smtpra.ra.outbound.settings.OutboundConfigReader;
import io.smtpra.ra.outbound.settings.SendAt;
import io.smtpra.ra.sasl.AuthCredentials;
import io.smtpra.ra.sasl.AuthMechanism;
import io.smtpra.ra.tls.client.CertificateCheck;
import io.smtpra.ra.tls.client.OutboundTls;
import jakarta.mail.Session;
import jakarta.resource.Referenceable;
import jakarta.resource.spi.ConfigProperty;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import java.beans.PropertyDescriptor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.naming.NamingException;
import javax.naming.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpManagedConnectionFactoryTest {

    private final SmtpManagedConnectionFactory factory = new SmtpManagedConnectionFactory();

    static Stream<String> properties() {
        return Arrays.stream(SmtpManagedConnectionFactory.class.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(ConfigProperty.class))
                .map(Field::getName);
    }

    @Test
    void theDefaultsAreSound() throws Exception {
        OutboundConfig config = new OutboundConfigReader(factory, Optional.empty()).read();

        assertThat(config.nextHop()).isEqualTo("127.0.0.1:25");
        assertThat(client(config).tls()).isEqualTo(OutboundTls.NEGOTIATED);
        assertThat(client(config).fallbackToPlain()).isTrue();
        assertThat(client(config).extensions()).isEqualTo(ClientExtensions.ALL);
        assertThat(client(config).timeouts().endOfData()).isEqualTo(Duration.ofMinutes(10));
        assertThat(client(config).auth().allowPlainText()).isFalse();
        assertThat(config.credentials()).isEmpty();
        assertThat(config.sendAt()).isEqualTo(SendAt.COMMIT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoShowsCredentialsToStrangersIsWarnedAtStart(boolean shown) throws Exception {
        factory.setHost("relay.example.com");
        factory.setUserName("app");
        factory.setPassword("correct horse");
        factory.setCredentialsToUnverifiedPeer(Boolean.toString(shown));
        PrintStream standardError = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            new OutboundConfigReader(factory, Optional.empty()).read();
        } finally {
            System.setErr(standardError);
        }
        String warning = "credentialsToUnverifiedPeer=true: whoever answers in the place of relay.example.com:25";
        assertThat(log.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains(warning)))
                .hasSize(shown ? 1 : 0).allSatisfy(line -> assertThat(line).contains("WARN"));
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("correct horse");
    }

    @ParameterizedTest
    @MethodSource("properties")
    void eachPropertyIsDescribedAndCountsForEquality(String name) throws Exception {
        PropertyDescriptor property = new PropertyDescriptor(name, SmtpManagedConnectionFactory.class);
        SmtpManagedConnectionFactory other = new SmtpManagedConnectionFactory();
        assertThat(factory).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(field(name).getAnnotation(ConfigProperty.class).description()).hasSize(1);

        property.getWriteMethod().invoke(other, "other");

        assertThat(property.getReadMethod().invoke(other)).isEqualTo("other");
        assertThat(factory).isNotEqualTo(other);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            host                    |                      | a host name or an address
            host                    | with a blank         | a host name or an address
            port                    | 0                    | 1 to 65535
            port                    | abc                  | 1 to 65535
            sessionJndiName         | mail                 | none, or a name as java:/smtp/mail
            sessionJndiName         | java:comp/env/mail   | none, or a name as java:/smtp/mail
            sessionJndiName         | java:/a b            | none, or a name as java:/smtp/mail
            sessionJndiName         | java:/               | none, or a name as java:/smtp/mail
            tls                     | sometimes            | disabled, implicit, negotiated, required
            fallbackToPlain         | maybe                | true or false
            certificateCheck        | some                 | chain, chainAndHost, none
            trustedCertificatesFile | /no/such/file.pem    | chain or chainAndHost
            trustStorePath          | /no/such/store.p12   | chain or chainAndHost
            certificateFile         | /no/such/file.pem    | certificateFile and privateKeyFile go together
            keyStorePath            | /no/such/store.p12   | keyStorePath
            sslContext              | nosuch               | the server has no SSL context of this name
            revocationCheck         | true                 | certificateCheck=chain or chainAndHost
            tlsProtocols            | SSLv3                | tlsProtocols
            tlsCiphers              | NO_SUCH_CIPHER       | tlsCiphers
            hosts                   | relay1:25,:26        | relay1:25, [2001:db8::1]:587
            hosts                   | relay1:0             | relay1:25, [2001:db8::1]:587
            routes                  | example.org          | example.org=relay1:25
            routes                  | a.org=r:1, a.org=r:2 | each domain once
            routes                  | a.org=r:1 sometimes! | disabled, negotiated, required, implicit
            routes                  | faß.de=r:1, xn--fa-hia.de=r:2 | each domain once
            routes                  | a b=relay1           | example.org=relay1:25
            tokenSupplier           | no.such.Class        | java.util.function.Supplier
            tokenSupplier           | java.lang.String     | java.util.function.Supplier
            tokenEndpoint           | http://example.com/t | an address with https
            tokenEndpoint           | https://example.com/ | with tokenClientId
            reversePath             | nobody               | a mailbox, as bounces@example.com
            redirectAllTo           | nobody               | a mailbox, as test@example.com
            hostName                | a b                  | a host name or an address
            userName                | user                 | userName and password go together
            password                | secret               | userName and password go together
            authMechanisms          | PLAIN, NTLM          | SCRAM-SHA-256
            plainTextAuthentication | perhaps              | true or false
            credentialsToUnverifiedPeer | perhaps          | true or false
            connectTimeout          | 0                    | a duration from 1ms to 3600s
            commandTimeout          | soon                 | a duration
            dataTimeout             | 2h                   | a duration
            sendTimeout             | x                    | a duration
            reuseTimeout            | 0                    | a duration
            idleTimeout             | x                    | a duration
            maxConnectionAge        | 25h                  | a duration
            maxMailsPerConnection   | 0                    | 1 to 1000000
            sendAt                  | later                | commit, now
            pipelining              | 1                    | true or false
            chunking                | yes                  | true or false
            eightBitMime            | on                   | true or false
            dsn                     | x                    | true or false
            size                    | 10M                  | true or false
            smtpUtf8                | x                    | true or false
            """)
    void aBadValueFailsTheDeploymentAndIsNamed(String property, String value, String allowed) throws Exception {
        set(property, value);
        InvalidPropertyException thrown =
                catchThrowableOfType(InvalidPropertyException.class, () -> factory.setResourceAdapter(null));

        assertThat(thrown).hasMessageContaining(property).hasMessageContaining(allowed);
        assertThat(thrown.getMessage()).doesNotContain("secret' is");
        assertThatThrownBy(() -> factory.createConnectionFactory(new TestPool()))
                .isInstanceOf(InvalidPropertyException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trustedCertificatesFile", "trustStorePath"})
    void trustMaterialThatCannotBeReadFailsTheDeployment(String property) throws Exception {
        factory.setCertificateCheck("chain");
        set(property, "/no/such/file");
        assertThatThrownBy(() -> factory.setResourceAdapter(null))
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageContaining("property '" + property + "' is '/no/such/file'");
    }

    @Test
    void allFaultsComeInOneMessage() {
        factory.setPort("abc");
        factory.setSendAt("later");
        InvalidPropertyException thrown =
                catchThrowableOfType(InvalidPropertyException.class, () -> factory.setResourceAdapter(null));

        assertThat(thrown).hasMessageContaining("'port'").hasMessageContaining("'sendAt'")
                .hasMessageContaining("next hop 127.0.0.1");
        assertThat(thrown.getInvalidPropertyDescriptors()).hasSize(2);
    }

    @Test
    void theAdapterIsHandedTheSessionThatIsToHaveAName() throws Exception {
        Map<String, Session> sessions = new TreeMap<>();
        FactorySupport support = new StandaloneSupport();
        ResourceAdapter adapter = (ResourceAdapter) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] {ResourceAdapter.class, FactorySupport.class}, (proxy, method, arguments) ->
                        method.getName().equals("bind") ? sessions.put((String) arguments[0], (Session) arguments[1])
                                : method.invoke(support, arguments));
        factory.setResourceAdapter(adapter);
        factory.createConnectionFactory(new TestPool());
        factory.setSessionJndiName("none");
        factory.createConnectionFactory(new TestPool());
        assertThat(sessions).isEmpty();

        factory.setSessionJndiName("java:/smtp/mail");
        Object made = factory.createConnectionFactory(new TestPool());
        assertThat(sessions).containsOnlyKeys("java:/smtp/mail");
        assertThat(sessions.get("java:/smtp/mail").getProperties()).containsEntry("mail.smtpra.connectionFactory", made);
    }

    @Test
    void aPropertyThatIsSetLaterCounts() throws Exception {
        factory.setResourceAdapter(null);
        factory.setPort("abc");
        assertThatThrownBy(() -> factory.createConnectionFactory(new TestPool()))
                .isInstanceOf(InvalidPropertyException.class);
    }

    @Test
    void theCheckOfTheCertificateIsStricterWithCredentialsAndRulesPlainTextOut() throws Exception {
        assertThat(check()).isEqualTo(CertificateCheck.NONE);
        factory.setUserName("user");
        factory.setPassword("secret");
        assertThat(check()).isEqualTo(CertificateCheck.CHAIN_AND_HOST);
        factory.setCertificateCheck("none");
        assertThat(check()).isEqualTo(CertificateCheck.NONE);
        assertThat(client(new OutboundConfigReader(factory, Optional.empty()).read()).fallbackToPlain()).isTrue();
        factory.setCertificateCheck("chain");
        assertThat(check()).isEqualTo(CertificateCheck.CHAIN);
        assertThat(client(new OutboundConfigReader(factory, Optional.empty()).read()).fallbackToPlain()).isFalse();
    }

    private CertificateCheck check() throws Exception {
        return client(new OutboundConfigReader(factory, Optional.empty()).read()).clientTls().orElseThrow().check();
    }

    @Test
    void passwordsTokensAndCertificatesAreCredentials() throws Exception {
        factory.setUserName("user");
        factory.setPassword(" secret ");
        assertThat(new OutboundConfigReader(factory, Optional.empty()).read().credentials())
                .contains(new AuthCredentials.UserPassword("user", " secret "));

        factory.setAuthMechanisms("xoauth2");
        OutboundConfig config = new OutboundConfigReader(factory, Optional.empty()).read();
        assertThat(client(config).auth().mechanisms()).containsExactly(AuthMechanism.XOAUTH2);
        assertThat(config.credentials().orElseThrow()).isInstanceOfSatisfying(AuthCredentials.Token.class,
                token -> assertThat(token.supplier().get()).isEqualTo(" secret "));
        assertThat(config.toString()).doesNotContain("secret ");

        factory.setPassword("");
        factory.setUserName("");
        factory.setAuthMechanisms("EXTERNAL");
        assertThat(new OutboundConfigReader(factory, Optional.empty()).read().credentials())
                .get().isInstanceOf(AuthCredentials.ClientCertificate.class);
    }

    @Test
    void weGreetWithOurNameUnlessAnotherIsSet() throws Exception {
        Optional<String> name = Optional.of("host.example.com");
        assertThat(greeting(new OutboundConfigReader(factory, name))).contains("host.example.com");
        assertThat(greeting(new OutboundConfigReader(factory, Optional.empty()))).isEmpty();
        factory.setHostName("other.example.com");
        assertThat(greeting(new OutboundConfigReader(factory, name))).contains("other.example.com");
    }

    private static Optional<String> greeting(OutboundConfigReader reader) throws Exception {
        return client(reader.read()).heloName();
    }

    @Test
    void theFactoriesAreSerialisableAndReferenceable() throws Exception {
        factory.setHost("relay.example.com");
        SmtpConnectionFactory connections = (SmtpConnectionFactory) factory.createConnectionFactory(new TestPool());

        assertThat(copy(factory)).isEqualTo(factory);
        assertThat(copy(connections)).isInstanceOf(SmtpConnectionFactory.class);

        Referenceable referenceable = (Referenceable) connections;
        assertThatThrownBy(referenceable::getReference).isInstanceOf(NamingException.class);
        Reference reference = new Reference("x");
        referenceable.setReference(reference);
        assertThat(referenceable.getReference()).isSameAs(reference);
    }

    private static ClientConfig client(OutboundConfig config) {
        return config.relay().routes().others().hosts().get(0);
    }

    private void set(String property, String value) throws Exception {
        new PropertyDescriptor(property, SmtpManagedConnectionFactory.class)
                .getWriteMethod().invoke(factory, value == null ? "" : value);
    }

    private static Field field(String name) throws NoSuchFieldException {
        return SmtpManagedConnectionFactory.class.getDeclaredField(name);
    }

    private static Object copy(Object original) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new ObjectOutputStream(out)) {
            objects.writeObject(original);
        }
        try (ObjectInputStream objects = new ObjectInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            return objects.readObject();
        }
    }
}
