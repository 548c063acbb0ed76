package io.smtpra.ra.outbound;

import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.ra.config.BeanProperties;
import io.smtpra.ra.outbound.relay.NextHop;
import io.smtpra.ra.outbound.session.FactorySession;
import io.smtpra.ra.outbound.settings.OutboundConfigReader;
import io.smtpra.ra.sasl.AuthCredentials;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConfigProperty;
import jakarta.resource.spi.ConnectionDefinition;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import jakarta.resource.spi.ValidatingManagedConnectionFactory;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;

/**
 * The connection factory as an administrator configures it: a thin shell of strings, which {@link OutboundConfigReader}
 * turns into typed values. What is wrong with them fails the deployment, in one message.
 */
@ConnectionDefinition(
        connectionFactory = SmtpConnectionFactory.class,
        connectionFactoryImpl = PooledConnectionFactory.class,
        connection = SmtpConnection.class,
        connectionImpl = SmtpConnectionHandle.class)
public final class SmtpManagedConnectionFactory
        implements ManagedConnectionFactory, ResourceAdapterAssociation, ValidatingManagedConnectionFactory {

    private static final long serialVersionUID = 1L;

    @ConfigProperty(description = "Name or address of the next hop")
    private String host = "127.0.0.1";

    @ConfigProperty(description = "Port of the next hop: 1 to 65535")
    private String port = "25";

    @ConfigProperty(description = "Several hosts in place of host and port, the preferred first, as relay1:25, "
            + "relay2:25: each will do, and one that fails rests for a while")
    private String hosts = "";

    @ConfigProperty(description = "Next hops by the recipients' domains, as example.org=relay1:25, "
            + "*.example.net=relay2:587 required, *=relay3; several hosts and the name of a TLS policy, separated by "
            + "blanks, may stand behind each")
    private String routes = "";

    @ConfigProperty(description = "Reverse-path of messages that are sent without an envelope; if not set, their "
            + "Sender or first From; <> for the null reverse-path")
    private String reversePath = "";

    @ConfigProperty(description = "A mailbox that all mail goes to in place of its recipients, which a header "
            + "X-Envelope-To tells: for test systems")
    private String redirectAllTo = "";

    @ConfigProperty(description = "JNDI name, as java:/smtp/mail, of a jakarta.mail.Session that sends through this "
            + "factory; if not set, or none, there is none")
    private String sessionJndiName = "";

    @ConfigProperty(description = "Name by which we greet (EHLO); if not set, the adapter's hostName, which is the "
            + "machine's unless set; and our address where that is no domain name")
    private String hostName = "";

    @ConfigProperty(description = "How the connection is encrypted: disabled, negotiated (STARTTLS if the next hop "
            + "offers it), required (STARTTLS or no mail) or implicit (TLS from the first octet)")
    private String tls = "negotiated";

    @ConfigProperty(description = "With tls=negotiated: whether mail goes in plain text, over a fresh connection, "
            + "when STARTTLS or its handshake fails (RFC 7435); never where certificateCheck is set, nor with "
            + "credentials unless plainTextAuthentication=true")
    private String fallbackToPlain = "true";

    @ConfigProperty(description = "What is checked of the next hop's certificate: none, chain or chainAndHost; if not "
            + "set, none for tls=negotiated without userName, else chainAndHost")
    private String certificateCheck = "";

    @ConfigProperty(description = "PEM file of the certificates that the next hop's must be issued by; if nothing is "
            + "set, those that the JVM trusts")
    private String trustedCertificatesFile = "";

    @ConfigProperty(description = "Key store of those certificates, instead of a PEM file")
    private String trustStorePath = "";

    @ConfigProperty(description = "Type of the trust store")
    private String trustStoreType = "PKCS12";

    @ConfigProperty(description = "Password of the trust store")
    private String trustStorePassword = "";

    @ConfigProperty(description = "PEM file of the certificate chain that we show to the next hop when it asks")
    private String certificateFile = "";

    @ConfigProperty(description = "PEM file of its private key")
    private String privateKeyFile = "";

    @ConfigProperty(description = "Password of the private key, if it is encrypted")
    private String privateKeyPassword = "";

    @ConfigProperty(description = "Key store with certificate chain and private key, instead of PEM files")
    private String keyStorePath = "";

    @ConfigProperty(description = "Type of the key store")
    private String keyStoreType = "PKCS12";

    @ConfigProperty(description = "Password of the key store and of its keys")
    private String keyStorePassword = "";

    @ConfigProperty(description = "Which key of the key store; if not set, any")
    private String keyAlias = "";

    @ConfigProperty(description = "Name of an SSL context that the server manages, in place of all files and stores: "
            + "in WildFly a client-ssl-context of the Elytron subsystem. Its trusted certificates hold")
    private String sslContext = "";

    @ConfigProperty(description = "Whether the next hop's certificate is looked up as revoked, which may ask the "
            + "network; what cannot be looked up is refused")
    private String revocationCheck = "false";

    @ConfigProperty(description = "TLS versions; if not set, TLSv1.3 and TLSv1.2")
    private String tlsProtocols = "";

    @ConfigProperty(description = "Cipher suites by their IANA names, the preferred first; if not set, those of the "
            + "implementation")
    private String tlsCiphers = "";

    @ConfigProperty(description = "Whose TLS: auto (BoringSSL from the archive where it can be loaded and can do what is "
            + "configured, else the JVM's), jdk or openssl (BoringSSL, or the deployment fails)")
    private String tlsProvider = "auto";

    @ConfigProperty(description = "User to authenticate as (AUTH), unless the server or the application names one")
    private String userName = "";

    @ConfigProperty(description = "Password of the user; with a token mechanism, the token")
    private String password = "";

    @ConfigProperty(description = "Class that supplies OAuth 2.0 tokens in place of a password: a public "
            + "java.util.function.Supplier of texts, made without arguments; asked at each log-in")
    private String tokenSupplier = "";

    @ConfigProperty(description = "Where OAuth 2.0 tokens come from in place of a password, by the client credentials "
            + "grant (RFC 6749 section 4.4): an address with https. A token is renewed before it expires")
    private String tokenEndpoint = "";

    @ConfigProperty(description = "Id of the client at the tokenEndpoint")
    private String tokenClientId = "";

    @ConfigProperty(description = "Secret of the client at the tokenEndpoint")
    private String tokenClientSecret = "";

    @ConfigProperty(description = "Scope of the tokens of the tokenEndpoint; if not set, none is asked for")
    private String tokenScope = "";

    @ConfigProperty(description = "SASL mechanisms that may be used, the preferred first; if not set, all that we "
            + "know, the strongest first")
    private String authMechanisms = "";

    @ConfigProperty(description = "Whether to authenticate on a connection without TLS")
    private String plainTextAuthentication = "false";

    @ConfigProperty(description = "Whether passwords and tokens may be shown to a next hop whose certificate was not "
            + "checked; else it is authenticated to by SCRAM or a client certificate, or not at all")
    private String credentialsToUnverifiedPeer = "false";

    @ConfigProperty(description = "Domain that signs whatever is sent (DKIM, RFC 6376)")
    private String dkimDomain = "";

    @ConfigProperty(description = "Names under which the public keys of dkimKeyFile are published, below _domainkey "
            + "of dkimDomain: one for each file, in their order")
    private String dkimSelector = "";

    @ConfigProperty(description = "PEM files of the private keys of dkimDomain, each of which makes a signature of its "
            + "own: RSA, of 2048 bits at best, or Ed25519. Files that change are read anew")
    private String dkimKeyFile = "";

    @ConfigProperty(description = "In place of the three others: a directory of keys by domain, as example.com/s1.pem "
            + "with the selector s1. A mail is signed for the domain of its From, or the nearest above it that is "
            + "there; mail of other domains is not signed")
    private String dkimDirectory = "";

    @ConfigProperty(description = "How long connecting may take, over all addresses of the host")
    private String connectTimeout = "30s";

    @ConfigProperty(description = "How long the greeting, a handshake, and the reply to each command may take")
    private String commandTimeout = "5m";

    @ConfigProperty(description = "How long the next hop may take for each block of the content, and for its reply to "
            + "the content")
    private String dataTimeout = "10m";

    @ConfigProperty(description = "How long one sending may take in all: from the first mail of a transaction, or one "
            + "mail outside, to the last reply; never longer than what its transaction has left")
    private String sendTimeout = "60s";

    @ConfigProperty(description = "How long a kept connection may take for its first reply before the mail goes over "
            + "a new one")
    private String reuseTimeout = "5s";

    @ConfigProperty(description = "How long a connection may be unused before a new one takes its place")
    private String idleTimeout = "1m";

    @ConfigProperty(description = "How old a connection may be before a new one takes its place")
    private String maxConnectionAge = "5m";

    @ConfigProperty(description = "How many mails a connection carries before a new one takes its place")
    private String maxMailsPerConnection = "1000";

    @ConfigProperty(description = "When a mail goes out that is sent inside a transaction: commit (with the "
            + "transaction) or now (at once)")
    private String sendAt = "commit";

    @ConfigProperty(description = "Whether to use PIPELINING (RFC 2920) when offered")
    private String pipelining = "true";

    @ConfigProperty(description = "Whether to use CHUNKING and BINARYMIME (RFC 3030) when offered")
    private String chunking = "true";

    @ConfigProperty(description = "Whether to use 8BITMIME (RFC 6152) when offered")
    private String eightBitMime = "true";

    @ConfigProperty(description = "Whether to use DSN (RFC 3461) when offered")
    private String dsn = "true";

    @ConfigProperty(description = "Whether to use SIZE (RFC 1870) when offered")
    private String size = "true";

    @ConfigProperty(description = "Whether to use SMTPUTF8 (RFC 6531) when offered")
    private String smtpUtf8 = "true";

    private transient ResourceAdapter resourceAdapter;
    private transient PrintWriter logWriter;
    private transient volatile OutboundContext context;

    @Override
    public Object createConnectionFactory(ConnectionManager connectionManager) throws ResourceException {
        Optional<String> session = context().config().sessionName();
        PooledConnectionFactory factory = new PooledConnectionFactory(this, connectionManager);
        if (session.isPresent()) {
            support().bind(session.get(), FactorySession.of(factory));
        }
        return factory;
    }

    /** For use without a server: no pool, a connection for each request. */
    @Override
    public Object createConnectionFactory() throws ResourceException {
        return createConnectionFactory(new UnpooledConnectionManager());
    }

    @Override
    public ManagedConnection createManagedConnection(Subject subject, ConnectionRequestInfo info)
            throws ResourceException {
        OutboundContext current = context();
        SignOn signOn = new SignOn(this, current.config());
        return new SmtpManagedConnection(current, signOn, signOn.credentials(subject, info), hop(info));
    }

    // The Connectors API is of the time before generics.
    @SuppressWarnings({"rawtypes", "unchecked"})
    @Override
    public ManagedConnection matchManagedConnections(Set candidates, Subject subject, ConnectionRequestInfo info)
            throws ResourceException {
        OutboundContext current = context();
        Optional<AuthCredentials> user =
                new SignOn(this, current.config()).credentials(subject, info);
        for (Object candidate : candidates) {
            if (candidate instanceof SmtpManagedConnection connection && connection.matches(current, user, hop(info))) {
                return connection;
            }
        }
        return null;
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    @Override
    public Set getInvalidConnections(Set candidates) {
        Set<ManagedConnection> invalid = new HashSet<>();
        for (Object candidate : candidates) {
            if (candidate instanceof SmtpManagedConnection connection && !connection.isReusable()) {
                invalid.add(connection);
            }
        }
        return invalid;
    }

    /** The server has set all properties by now; a wrong one fails the deployment here. */
    @Override
    public void setResourceAdapter(ResourceAdapter adapter) throws ResourceException {
        resourceAdapter = adapter;
        changed();
        context();
    }

    @Override
    public ResourceAdapter getResourceAdapter() {
        return resourceAdapter;
    }

    private void changed() {
        context = null;
    }

    private static Optional<NextHop> hop(ConnectionRequestInfo info) {
        return info instanceof SmtpRequestInfo request ? request.hop() : Optional.empty();
    }

    OutboundContext context() throws ResourceException {
        OutboundContext current = context;
        if (current == null) {
            synchronized (this) {
                current = context;
                if (current == null) {
                    FactorySupport support = support();
                    current = OutboundContext.of(
                            new OutboundConfigReader(this, support.domainName()).read(), support);
                    context = current;
                    current.config().relay().clientTls().forEach(support::register);
                }
            }
        }
        return current;
    }

    private FactorySupport support() {
        return resourceAdapter instanceof FactorySupport lent ? lent : new StandaloneSupport();
    }

    @Override
    public void setLogWriter(PrintWriter writer) {
        logWriter = writer;
    }

    @Override
    public PrintWriter getLogWriter() {
        return logWriter;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof SmtpManagedConnectionFactory that
                && BeanProperties.of(this).equals(BeanProperties.of(that))
                && Objects.equals(resourceAdapter, that.resourceAdapter);
    }

    @Override
    public int hashCode() {
        return BeanProperties.of(this).hashCode();
    }

    public String getHost() {
        return host;
    }

    public void setHost(String host) {
        this.host = host;
        changed();
    }

    public String getPort() {
        return port;
    }

    public void setPort(String port) {
        this.port = port;
        changed();
    }

    public String getHosts() {
        return hosts;
    }

    public void setHosts(String hosts) {
        this.hosts = hosts;
        changed();
    }

    public String getRoutes() {
        return routes;
    }

    public void setRoutes(String routes) {
        this.routes = routes;
        changed();
    }

    public String getReversePath() {
        return reversePath;
    }

    public void setReversePath(String reversePath) {
        this.reversePath = reversePath;
        changed();
    }

    public String getRedirectAllTo() {
        return redirectAllTo;
    }

    public void setRedirectAllTo(String redirectAllTo) {
        this.redirectAllTo = redirectAllTo;
        changed();
    }

    public String getHostName() {
        return hostName;
    }

    public void setHostName(String hostName) {
        this.hostName = hostName;
        changed();
    }

    public String getSessionJndiName() {
        return sessionJndiName;
    }

    public void setSessionJndiName(String sessionJndiName) {
        this.sessionJndiName = sessionJndiName;
        changed();
    }

    public String getTls() {
        return tls;
    }

    public void setTls(String tls) {
        this.tls = tls;
        changed();
    }

    public String getFallbackToPlain() {
        return fallbackToPlain;
    }

    public void setFallbackToPlain(String fallbackToPlain) {
        this.fallbackToPlain = fallbackToPlain;
        changed();
    }

    public String getCertificateCheck() {
        return certificateCheck;
    }

    public void setCertificateCheck(String certificateCheck) {
        this.certificateCheck = certificateCheck;
        changed();
    }

    public String getTrustedCertificatesFile() {
        return trustedCertificatesFile;
    }

    public void setTrustedCertificatesFile(String trustedCertificatesFile) {
        this.trustedCertificatesFile = trustedCertificatesFile;
        changed();
    }

    public String getTrustStorePath() {
        return trustStorePath;
    }

    public void setTrustStorePath(String trustStorePath) {
        this.trustStorePath = trustStorePath;
        changed();
    }

    public String getTrustStoreType() {
        return trustStoreType;
    }

    public void setTrustStoreType(String trustStoreType) {
        this.trustStoreType = trustStoreType;
        changed();
    }

    public String getTrustStorePassword() {
        return trustStorePassword;
    }

    public void setTrustStorePassword(String trustStorePassword) {
        this.trustStorePassword = trustStorePassword;
        changed();
    }

    public String getCertificateFile() {
        return certificateFile;
    }

    public void setCertificateFile(String certificateFile) {
        this.certificateFile = certificateFile;
        changed();
    }

    public String getPrivateKeyFile() {
        return privateKeyFile;
    }

    public void setPrivateKeyFile(String privateKeyFile) {
        this.privateKeyFile = privateKeyFile;
        changed();
    }

    public String getPrivateKeyPassword() {
        return privateKeyPassword;
    }

    public void setPrivateKeyPassword(String privateKeyPassword) {
        this.privateKeyPassword = privateKeyPassword;
        changed();
    }

    public String getKeyStorePath() {
        return keyStorePath;
    }

    public void setKeyStorePath(String keyStorePath) {
        this.keyStorePath = keyStorePath;
        changed();
    }

    public String getKeyStoreType() {
        return keyStoreType;
    }

    public void setKeyStoreType(String keyStoreType) {
        this.keyStoreType = keyStoreType;
        changed();
    }

    public String getKeyStorePassword() {
        return keyStorePassword;
    }

    public void setKeyStorePassword(String keyStorePassword) {
        this.keyStorePassword = keyStorePassword;
        changed();
    }

    public String getKeyAlias() {
        return keyAlias;
    }

    public void setKeyAlias(String keyAlias) {
        this.keyAlias = keyAlias;
        changed();
    }

    public String getSslContext() {
        return sslContext;
    }

    public void setSslContext(String sslContext) {
        this.sslContext = sslContext;
        changed();
    }

    public String getRevocationCheck() {
        return revocationCheck;
    }

    public void setRevocationCheck(String revocationCheck) {
        this.revocationCheck = revocationCheck;
        changed();
    }

    public String getTlsProtocols() {
        return tlsProtocols;
    }

    public void setTlsProtocols(String tlsProtocols) {
        this.tlsProtocols = tlsProtocols;
        changed();
    }

    public String getTlsCiphers() {
        return tlsCiphers;
    }

    public void setTlsCiphers(String tlsCiphers) {
        this.tlsCiphers = tlsCiphers;
        changed();
    }

    public String getTlsProvider() {
        return tlsProvider;
    }

    public void setTlsProvider(String tlsProvider) {
        this.tlsProvider = tlsProvider;
        changed();
    }

    public String getUserName() {
        return userName;
    }

    public void setUserName(String userName) {
        this.userName = userName;
        changed();
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
        changed();
    }

    public String getTokenSupplier() {
        return tokenSupplier;
    }

    public void setTokenSupplier(String tokenSupplier) {
        this.tokenSupplier = tokenSupplier;
        changed();
    }

    public String getTokenEndpoint() {
        return tokenEndpoint;
    }

    public void setTokenEndpoint(String tokenEndpoint) {
        this.tokenEndpoint = tokenEndpoint;
        changed();
    }

    public String getTokenClientId() {
        return tokenClientId;
    }

    public void setTokenClientId(String tokenClientId) {
        this.tokenClientId = tokenClientId;
        changed();
    }

    public String getTokenClientSecret() {
        return tokenClientSecret;
    }

    public void setTokenClientSecret(String tokenClientSecret) {
        this.tokenClientSecret = tokenClientSecret;
        changed();
    }

    public String getTokenScope() {
        return tokenScope;
    }

    public void setTokenScope(String tokenScope) {
        this.tokenScope = tokenScope;
        changed();
    }

    public String getAuthMechanisms() {
        return authMechanisms;
    }

    public void setAuthMechanisms(String authMechanisms) {
        this.authMechanisms = authMechanisms;
        changed();
    }

    public String getPlainTextAuthentication() {
        return plainTextAuthentication;
    }

    public void setPlainTextAuthentication(String plainTextAuthentication) {
        this.plainTextAuthentication = plainTextAuthentication;
        changed();
    }

    public String getCredentialsToUnverifiedPeer() {
        return credentialsToUnverifiedPeer;
    }

    public void setCredentialsToUnverifiedPeer(String credentialsToUnverifiedPeer) {
        this.credentialsToUnverifiedPeer = credentialsToUnverifiedPeer;
        changed();
    }

    public String getDkimDomain() {
        return dkimDomain;
    }

    public void setDkimDomain(String dkimDomain) {
        this.dkimDomain = dkimDomain;
        changed();
    }

    public String getDkimSelector() {
        return dkimSelector;
    }

    public void setDkimSelector(String dkimSelector) {
        this.dkimSelector = dkimSelector;
        changed();
    }

    public String getDkimKeyFile() {
        return dkimKeyFile;
    }

    public void setDkimKeyFile(String dkimKeyFile) {
        this.dkimKeyFile = dkimKeyFile;
        changed();
    }

    public String getDkimDirectory() {
        return dkimDirectory;
    }

    public void setDkimDirectory(String dkimDirectory) {
        this.dkimDirectory = dkimDirectory;
        changed();
    }

    public String getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(String connectTimeout) {
        this.connectTimeout = connectTimeout;
        changed();
    }

    public String getCommandTimeout() {
        return commandTimeout;
    }

    public void setCommandTimeout(String commandTimeout) {
        this.commandTimeout = commandTimeout;
        changed();
    }

    public String getDataTimeout() {
        return dataTimeout;
    }

    public void setDataTimeout(String dataTimeout) {
        this.dataTimeout = dataTimeout;
        changed();
    }

    public String getSendTimeout() {
        return sendTimeout;
    }

    public void setSendTimeout(String sendTimeout) {
        this.sendTimeout = sendTimeout;
        changed();
    }

    public String getReuseTimeout() {
        return reuseTimeout;
    }

    public void setReuseTimeout(String reuseTimeout) {
        this.reuseTimeout = reuseTimeout;
        changed();
    }

    public String getIdleTimeout() {
        return idleTimeout;
    }

    public void setIdleTimeout(String idleTimeout) {
        this.idleTimeout = idleTimeout;
        changed();
    }

    public String getMaxConnectionAge() {
        return maxConnectionAge;
    }

    public void setMaxConnectionAge(String maxConnectionAge) {
        this.maxConnectionAge = maxConnectionAge;
        changed();
    }

    public String getMaxMailsPerConnection() {
        return maxMailsPerConnection;
    }

    public void setMaxMailsPerConnection(String maxMailsPerConnection) {
        this.maxMailsPerConnection = maxMailsPerConnection;
        changed();
    }

    public String getSendAt() {
        return sendAt;
    }

    public void setSendAt(String sendAt) {
        this.sendAt = sendAt;
        changed();
    }

    public String getPipelining() {
        return pipelining;
    }

    public void setPipelining(String pipelining) {
        this.pipelining = pipelining;
        changed();
    }

    public String getChunking() {
        return chunking;
    }

    public void setChunking(String chunking) {
        this.chunking = chunking;
        changed();
    }

    public String getEightBitMime() {
        return eightBitMime;
    }

    public void setEightBitMime(String eightBitMime) {
        this.eightBitMime = eightBitMime;
        changed();
    }

    public String getDsn() {
        return dsn;
    }

    public void setDsn(String dsn) {
        this.dsn = dsn;
        changed();
    }

    public String getSize() {
        return size;
    }

    public void setSize(String size) {
        this.size = size;
        changed();
    }

    public String getSmtpUtf8() {
        return smtpUtf8;
    }

    public void setSmtpUtf8(String smtpUtf8) {
        this.smtpUtf8 = smtpUtf8;
        changed();
    }
}
