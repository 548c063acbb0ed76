package io.smtpra.ra;

import io.smtpra.ra.config.BeanProperties;
import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.management.ServerStatistics;
import io.smtpra.ra.message.ContentStore;
import io.smtpra.ra.outbound.FactorySupport;
import io.smtpra.ra.server.ServerServices;
import io.smtpra.ra.server.ServerTransactions;
import io.smtpra.ra.telemetry.Telemetry;
import io.smtpra.ra.tls.client.ClientTls;
import jakarta.mail.Session;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ConfigProperty;
import jakarta.resource.spi.Connector;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.TransactionSupport.TransactionSupportLevel;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.resource.spi.work.HintsContext;
import jakarta.resource.spi.work.SecurityContext;
import jakarta.resource.spi.work.TransactionContext;
import java.io.IOException;
import java.util.Optional;
import javax.transaction.xa.XAResource;
import org.jboss.jca.core.spi.statistics.Statistics;
import org.jboss.jca.core.spi.statistics.StatisticsPlugin;

/**
 * SMTP as a resource: receives mail for message-driven beans, and lends its lifecycle to the connections that send it.
 *
 * <p>With its own defaults it listens nowhere, for a server may make any number of instances of it; the
 * {@code ironjacamar.xml} in the archive opens a port.
 *
 * <p>Here are the properties alone, each as the text that an administrator wrote: {@link AdapterConfig} reads them,
 * {@link AdapterLifecycle} does what the server asks. It is one class without ancestors, for not every server looks for
 * properties there.
 */
@Connector(
        displayName = "smtp-ra",
        description = "Mail in and out over SMTP",
        vendorName = "smtp-ra",
        eisType = "SMTP",
        version = "1.0",
        transactionSupport = TransactionSupportLevel.XATransaction,
        requiredWorkContexts = {TransactionContext.class, SecurityContext.class, HintsContext.class})
public class SmtpResourceAdapter implements ResourceAdapter, FactorySupport, Statistics {

    @ConfigProperty(description = "STARTTLS (RFC 3207) on smtp and submission: disabled, enabled (offered) or required (nothing"
            + " goes without it).")
    private String startTls = "enabled";

    @ConfigProperty(description = "PEM file with the certificate chain, the own certificate first. Several files, separated by"
            + " commas: one for each kind of key or host name. Without any key a self-signed certificate is"
            + " made at start.")
    private String certificateFile = "";

    @ConfigProperty(description = "PEM file with the private key (PKCS#8, PKCS#1 or SEC 1); as many as certificate files, in"
            + " the same order. If empty, the keys are in the certificate files.")
    private String privateKeyFile = "";

    @ConfigProperty(description = "Password of the private key files, if they are encrypted.", confidential = true)
    private String privateKeyPassword = "";

    @ConfigProperty(description = "Key store with private keys and certificates, in place of PEM files.")
    private String keyStorePath = "";

    @ConfigProperty(description = "Type of the key store: PKCS12, JKS or another that the JVM knows.")
    private String keyStoreType = "PKCS12";

    @ConfigProperty(description = "Password of the key store and of its keys.", confidential = true)
    private String keyStorePassword = "";

    @ConfigProperty(description = "Which key of the key store. If empty, all of them.")
    private String keyAlias = "";

    @ConfigProperty(description = "Name of an SSL context that the server manages, in place of all files: in WildFly a"
            + " server-ssl-context of the Elytron subsystem.")
    private String sslContext = "";

    @ConfigProperty(description = "Whether clients are asked for a certificate: none, request (optional) or require.")
    private String clientCertificates = "none";

    @ConfigProperty(description = "For what purpose a client's certificate must have been issued: client, or any, by which a"
            + " server's will do too, as mail servers show it.")
    private String clientCertificatePurpose = "client";

    @ConfigProperty(description = "PEM file with the certificates that client certificates are checked against. Without any"
            + " trusted certificates, those of the JVM.")
    private String trustedCertificatesFile = "";

    @ConfigProperty(description = "Key store with trusted certificates, in place of a PEM file.")
    private String trustStorePath = "";

    @ConfigProperty(description = "Type of the trust store: PKCS12, JKS or another that the JVM knows.")
    private String trustStoreType = "PKCS12";

    @ConfigProperty(description = "Password of the trust store.", confidential = true)
    private String trustStorePassword = "";

    @ConfigProperty(description = "true: client certificates are looked up as revoked, which may ask the network.")
    private String revocationCheck = "false";

    @ConfigProperty(description = "TLS versions, separated by commas. If empty, TLSv1.3 and TLSv1.2.")
    private String tlsProtocols = "";

    @ConfigProperty(description = "Cipher suites by their IANA names, the preferred first, separated by commas. If empty, a"
            + " safe list.")
    private String tlsCiphers = "";

    @ConfigProperty(description = "Whose TLS: auto (BoringSSL from the archive where it can be loaded and can do what is"
            + " configured, else the JVM's), jdk or openssl (BoringSSL, or the deployment fails).")
    private String tlsProvider = "auto";

    @ConfigProperty(description = "After which time, 1m to 1d, session tickets are made with another key; the former opens them"
            + " for as long again. No older session is resumed.")
    private String tlsTicketRotation = "1h";

    @ConfigProperty(description = "Files of 48 random octets, separated by commas: the keys of session tickets, where several"
            + " servers are to resume each other's sessions. The first makes new tickets. If empty, keys are made at start and"
            + " changed.")
    private String tlsTicketKeyFile = "";

    @ConfigProperty(description = "The name of this host: in the greeting, in Received headers, in a self-signed certificate."
            + " If empty, the name that the machine has for itself at start.")
    private String hostName = "";

    @ConfigProperty(description = "The address that the listeners are bound to; 0.0.0.0 or :: for every address. If empty, the"
            + " public one of the server (jboss.bind.address), or else 127.0.0.1.")
    private String bindAddress = "";

    @ConfigProperty(description = "Port for mail from other servers, by custom 25: -1 (off), 0 (any free port) or 1 to 65535.")
    private String smtpPort = "-1";

    @ConfigProperty(description = "Port for mail from users, with STARTTLS and AUTH required, by custom 587: -1 (off), 0 (any"
            + " free port) or 1 to 65535.")
    private String submissionPort = "-1";

    @ConfigProperty(description = "Port for mail from users over implicit TLS (RFC 8314), with AUTH required, by custom 465: -1"
            + " (off), 0 (any free port) or 1 to 65535.")
    private String submissionsPort = "-1";

    @ConfigProperty(description = "Connections at the same time, all listeners together.")
    private String maxConnections = "10000";

    @ConfigProperty(description = "Connections at the same time from one IPv4 address or one IPv6 network of 64 bits.")
    private String maxConnectionsPerAddress = "100";

    @ConfigProperty(description = "TLS handshakes of one such address that may fail within a minute; past it, it gets"
            + " no further one until the minute is over.")
    private String maxHandshakeFailures = "30";

    @ConfigProperty(description = "How many times an address (an IPv6 network of 64 bits) may cross the limits of errors,"
            + " authentications or handshakes within an hour before it gets no connection, for ten minutes at first, twice"
            + " as long each time, a day at most; 0: no address is banned. This host itself never is.")
    private String banAfter = "3";

    @ConfigProperty(description = "How long the greeting is held back on the smtp port, to see who talks before it, as no mail"
            + " server does: 0s (off) to 30s. Never for this host, nor where allowedNetworks is set.")
    private String greetingDelay = "500ms";

    @ConfigProperty(description = "How long a command may take to arrive (RFC 5321 section 4.5.3.2.7).")
    private String commandTimeout = "5m";

    @ConfigProperty(description = "How long each 4096 octets of a mail may take to arrive.")
    private String dataTimeout = "3m";

    @ConfigProperty(description = "Who may connect: addresses and networks as 192.0.2.0/24, separated by commas. Everybody if"
            + " empty.")
    private String allowedNetworks = "";

    @ConfigProperty(description = "Who may not connect, whatever is allowed: addresses and networks, separated by commas.")
    private String deniedNetworks = "";

    @ConfigProperty(description = "The PROXY protocol, version 1 or 2, of a proxy in front: disabled, or required on every"
            + " connection.")
    private String proxyProtocol = "disabled";

    @ConfigProperty(description = "Where the proxies are, with proxyProtocol=required: addresses and networks, separated by"
            + " commas.")
    private String proxyNetworks = "";

    @ConfigProperty(description = "The extension SIZE (RFC 1870): true or false.")
    private String size = "true";

    @ConfigProperty(description = "Whether the extension PIPELINING (RFC 2920) is offered: true or false. Commands"
            + " that come at once are answered one by one anyway.")
    private String pipelining = "true";

    @ConfigProperty(description = "The extension 8BITMIME (RFC 6152): true or false.")
    private String eightBitMime = "true";

    @ConfigProperty(description = "The extension DSN (RFC 3461), which promises notifications that the beans have to send: true"
            + " or false.")
    private String dsn = "false";

    @ConfigProperty(description = "The extensions CHUNKING and, with 8BITMIME, BINARYMIME (RFC 3030): true or false.")
    private String chunking = "true";

    @ConfigProperty(description = "The extension SMTPUTF8 (RFC 6531), only with 8BITMIME: true or false.")
    private String smtpUtf8 = "true";

    @ConfigProperty(description = "The extension ENHANCEDSTATUSCODES (RFC 2034): true or false.")
    private String enhancedStatusCodes = "true";

    @ConfigProperty(description = "The extension REQUIRETLS (RFC 8689), offered inside TLS alone: true or false.")
    private String requireTlsExtension = "true";

    @ConfigProperty(description = "The command HELP: true or false.")
    private String help = "false";

    @ConfigProperty(description = "The command VRFY, answered by the beans: true or false.")
    private String vrfy = "false";

    @ConfigProperty(description = "The command EXPN, answered by the beans: true or false.")
    private String expn = "false";

    @ConfigProperty(description = "The command ETRN (RFC 1985), answered by the beans: true or false.")
    private String etrn = "false";

    @ConfigProperty(description = "Hooks and handlers of Apache James' kinds, and STARTTLS hooks, that are asked too, in"
            + " order: class names, as com.example.RefuseSenders; for one in a module of the server,"
            + " its name behind it, as com.example.RefuseSenders@com.example.hooks.")
    private String hooks = "";

    @ConfigProperty(description = "A properties file with what hooks are set to, as RefuseSenders.senders = a@example.com.")
    private String hookProperties = "";

    @ConfigProperty(description = "How long a hook may take; then the client hears 451, at AUTH 454. A number with ms,"
            + " s, m or h.")
    private String hookTimeout = "20s";

    @ConfigProperty(description = "What follows from SPF (RFC 7208): off, observe (a verdict for the beans) or enforce (550 5.7.23 where the"
            + " domain says that the host does not send for it, 451 where the DNS does not answer).")
    private String spfPolicy = "observe";

    @ConfigProperty(description = "What follows from DMARC (RFC 9989) and DKIM: off, observe (verdicts for the beans) or enforce (550 5.7.26"
            + " where the domain in From asks for it, 451 where the DNS does not answer).")
    private String dmarcPolicy = "observe";

    @ConfigProperty(description = "How long all checks of who sent a mail may take; what is not known by then is a temperror. A number"
            + " with ms, s or m.")
    private String authenticationTimeout = "10s";

    @ConfigProperty(description = "true: the results are written on top of the mail as Authentication-Results (RFC 8601), and headers of that"
            + " name that claim to be of this host are removed.")
    private String authenticationResults = "false";

    @ConfigProperty(description = "Whose mail is not checked for who sent it: addresses and networks, separated by commas. Mail of users"
            + " that have authenticated is not either.")
    private String trustedNetworks = "127.0.0.0/8, ::1";

    @ConfigProperty(description = "Domains of mailing lists and forwarders, separated by commas: mail that bears a DKIM signature of one of"
            + " them, or of a subdomain, is not refused by spfPolicy and dmarcPolicy.")
    private String trustedSigners = "";

    @ConfigProperty(description = "Addresses of the resolvers that are asked, the preferred first, separated by commas, with a port where it is"
            + " not 53: as 192.0.2.53, [2001:db8::53]:5353. If empty, those of the machine.")
    private String dnsServers = "";

    @ConfigProperty(description = "The mailbox that mail to postmaster is routed to, without a domain or of a domain that a"
            + " bean takes mail for, where no bean takes that itself (RFC 5321 section 4.5.1).")
    private String postmaster = "";

    @ConfigProperty(description = "Octets of one mail, also with K, M or G; attachments take a third more than their files.")
    private String maxMessageSize = "35M";

    @ConfigProperty(description = "Recipients of one mail, 100 or more (RFC 5321 section 4.5.3.1.8).")
    private String maxRecipients = "1000";

    @ConfigProperty(description = "Errors in one session; past half of them answers are delayed, past all of them the session"
            + " ends with 421.")
    private String maxErrors = "20";

    @ConfigProperty(description = "Unknown recipients in one session, past which it ends with 421.")
    private String maxUnknownRecipients = "50";

    @ConfigProperty(description = "Commands in one session that bring no mail, past which each counts as an error.")
    private String maxJunkCommands = "100";

    @ConfigProperty(description = "Mails in one session.")
    private String maxTransactionsPerSession = "1000";

    @ConfigProperty(description = "Received headers past which a mail is taken to loop, and refused with 554.")
    private String maxReceivedHeaders = "100";

    @ConfigProperty(description = "How deep the parts of a mail may lie within each other; deeper ones a bean sees as an"
            + " attachment that nobody has looked into.")
    private String maxMimeDepth = "100";

    @ConfigProperty(description = "Parts of one mail that a bean sees; the last one takes in all that follows.")
    private String maxMimeParts = "10000";

    @ConfigProperty(description = "Octets of all headers of one mail, those of its parts included, that a bean sees; a part"
            + " whose header goes past it is an attachment that nobody has looked into.")
    private String maxHeaderSize = "1M";

    @ConfigProperty(description = "Octets of one text that the view of a mail gives as a string; a longer one is cut off, and"
            + " can be read whole as a stream.")
    private String maxTextSize = "4M";

    @ConfigProperty(description = "Addresses in MAIL and RCPT: strict (RFC 5321 section 4.1.2), or common, with what is in use"
            + " besides, as b.@docomo.example.")
    private String addressSyntax = "common";

    @ConfigProperty(description = "A CR or LF alone in a mail, which never ends it: reject (550 5.6.11), normalize (each becomes"
            + " CRLF) or accept-as-data.")
    private String bareNewline = "reject";

    @ConfigProperty(description = "Mails that are given to beans at the same time, all beans together. Keep it below the"
            + " threads of the work manager (50 in WildFly).")
    private String maxDeliveries = "40";

    @ConfigProperty(description = "Received mails that wait for a bean; what comes on top is refused with 451 4.3.2.")
    private String maxQueuedDeliveries = "1000";

    @ConfigProperty(description = "How long a received mail waits for a bean, until it is refused with 451 4.3.2.")
    private String queueTimeout = "60s";

    @ConfigProperty(description = "How long a bean and its commit may take; past it the sender hears 451 and the transaction"
            + " rolls back.")
    private String deliveryTimeout = "5m";

    @ConfigProperty(description = "How long after its start the adapter refuses recipients that no bean takes for now (451), as"
            + " their bean may still come; after it, for good (550).")
    private String gracePeriod = "30s";

    @ConfigProperty(description = "The domains that are ours whichever bean is active here, as example.com or *.example.com,"
            + " separated by commas: what no bean takes of them for now is refused for now (451), not for good. Name those"
            + " of beans that are active on one node of several, or deployed with @DeliveryActive(false).")
    private String localDomains = "";

    @ConfigProperty(description = "How long running deliveries are waited for when a bean or the adapter stops.")
    private String shutdownTimeout = "30s";

    @ConfigProperty(description = "Octets of a mail that are kept in memory; a longer mail goes to a file.")
    private String memoryThreshold = "2M";

    @ConfigProperty(description = "Octets of all mails together that are kept in memory, received ones and those that wait"
            + " to be sent; the fuller it is, the shorter a mail must be to stay there.")
    private String maxMemory = "128M";

    @ConfigProperty(description = "Where files of long mails are made: a directory that belongs to the server's user, and is"
            + " closed to all others. If empty, one below the server's temporary directory.")
    private String spoolDirectory = "";

    @ConfigProperty(description = "Name of the server's security domain that knows users, passwords and roles; in"
            + " WildFly a security-domain of the Elytron subsystem. Needed where an open port has AUTH, unless an AuthHook"
            + " among the hooks knows the users.")
    private String securityDomain = "";

    @ConfigProperty(description = "The ways to authenticate, in the order of offer, separated by commas: PLAIN, LOGIN,"
            + " EXTERNAL for clients with a trusted certificate, SCRAM-SHA-256, OAUTHBEARER, XOAUTH2.")
    private String authMechanisms = "PLAIN, LOGIN";

    @ConfigProperty(description = "As whom an authenticated user may send: none (no check), or user: the sender's address is the"
            + " user's name, or has it before the @.")
    private String verifySender = "none";

    @ConfigProperty(description = "With EXTERNAL, what in the certificate is the user's name: commonName, email (the first"
            + " mail address among the alternative names) or subject (the whole distinguished name).")
    private String certificateUser = "commonName";

    @ConfigProperty(description = "With EXTERNAL, the roles of users who authenticate by certificate, separated by commas.")
    private String certificateRoles = "";

    @ConfigProperty(description = "AUTH on smtpPort, always within TLS: none, optional or required. Users and their "
            + "roles are those of the server's security domain.")
    private String smtpAuthentication = "none";

    @ConfigProperty(description = "AUTH on submissionPort: none, optional or required.")
    private String submissionAuthentication = "required";

    @ConfigProperty(description = "AUTH on submissionsPort: none, optional or required.")
    private String submissionsAuthentication = "required";

    @ConfigProperty(description = "The ways to authenticate on smtpPort; if empty, authMechanisms.")
    private String smtpAuthMechanisms = "";

    @ConfigProperty(description = "The ways to authenticate on submissionPort; if empty, authMechanisms.")
    private String submissionAuthMechanisms = "";

    @ConfigProperty(description = "The ways to authenticate on submissionsPort; if empty, authMechanisms.")
    private String submissionsAuthMechanisms = "";

    @ConfigProperty(description = "Whether clients of smtpPort are asked for a certificate: none, request or require; "
            + "if empty, clientCertificates.")
    private String smtpClientCertificates = "";

    @ConfigProperty(description = "Whether clients of submissionPort are asked for a certificate: none, request or "
            + "require; if empty, clientCertificates.")
    private String submissionClientCertificates = "";

    @ConfigProperty(description = "Whether clients of submissionsPort are asked for a certificate: none, request or "
            + "require; if empty, clientCertificates.")
    private String submissionsClientCertificates = "";

    private final Telemetry telemetry = new Telemetry();
    private final AdapterLifecycle lifecycle = new AdapterLifecycle(telemetry);

    /** Makes an adapter with default values. */
    public SmtpResourceAdapter() {
        // a bean
    }

    @Override
    public void start(BootstrapContext context) throws ResourceAdapterInternalException {
        lifecycle.start(PropertyReader.of(this, "resource adapter"), context);
    }

    @Override
    public void stop() {
        lifecycle.stop();
    }

    @Override
    public void endpointActivation(MessageEndpointFactory factory, ActivationSpec spec) throws ResourceException {
        lifecycle.activate(factory, spec);
    }

    @Override
    public void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec spec) {
        lifecycle.deactivate(factory);
    }

    /** Nothing to recover here: what endpoints do is the server's to recover. */
    @Override
    public XAResource[] getXAResources(ActivationSpec[] specs) {
        return new XAResource[0];
    }

    /** As the listeners have it; one without a dot is no name that a next hop could find (RFC 5321 section 2.3.5). */
    @Override
    public Optional<String> domainName() {
        return Optional.of(HostName.read(PropertyReader.of(this, "resource adapter")))
                .filter(name -> !name.startsWith("[") && name.indexOf('.') > 0);
    }

    @Override
    public ContentStore heldMails() throws IOException {
        return lifecycle.heldMails();
    }

    @Override
    public Optional<ServerTransactions> transactions() {
        return ServerServices.transactions();
    }

    @Override
    public Telemetry telemetry() {
        return telemetry;
    }

    /** As WildFly shows them beside the adapter's entry in its resource-adapters subsystem. */
    @Override
    public StatisticsPlugin getStatistics() {
        return new ServerStatistics(telemetry);
    }

    @Override
    public void register(ClientTls tls) {
        lifecycle.register(tls);
    }

    @Override
    public void bind(String name, Session session) throws ResourceException {
        lifecycle.register(name, session);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SmtpResourceAdapter adapter
                && BeanProperties.of(this).equals(BeanProperties.of(adapter));
    }

    @Override
    public int hashCode() {
        return BeanProperties.of(this).hashCode();
    }

    public String getStartTls() {
        return startTls;
    }

    public void setStartTls(String startTls) {
        this.startTls = startTls;
    }

    public String getCertificateFile() {
        return certificateFile;
    }

    public void setCertificateFile(String certificateFile) {
        this.certificateFile = certificateFile;
    }

    public String getPrivateKeyFile() {
        return privateKeyFile;
    }

    public void setPrivateKeyFile(String privateKeyFile) {
        this.privateKeyFile = privateKeyFile;
    }

    public String getPrivateKeyPassword() {
        return privateKeyPassword;
    }

    public void setPrivateKeyPassword(String privateKeyPassword) {
        this.privateKeyPassword = privateKeyPassword;
    }

    public String getKeyStorePath() {
        return keyStorePath;
    }

    public void setKeyStorePath(String keyStorePath) {
        this.keyStorePath = keyStorePath;
    }

    public String getKeyStoreType() {
        return keyStoreType;
    }

    public void setKeyStoreType(String keyStoreType) {
        this.keyStoreType = keyStoreType;
    }

    public String getKeyStorePassword() {
        return keyStorePassword;
    }

    public void setKeyStorePassword(String keyStorePassword) {
        this.keyStorePassword = keyStorePassword;
    }

    public String getKeyAlias() {
        return keyAlias;
    }

    public void setKeyAlias(String keyAlias) {
        this.keyAlias = keyAlias;
    }

    public String getSslContext() {
        return sslContext;
    }

    public void setSslContext(String sslContext) {
        this.sslContext = sslContext;
    }

    public String getClientCertificates() {
        return clientCertificates;
    }

    public void setClientCertificates(String clientCertificates) {
        this.clientCertificates = clientCertificates;
    }

    public String getClientCertificatePurpose() {
        return clientCertificatePurpose;
    }

    public void setClientCertificatePurpose(String clientCertificatePurpose) {
        this.clientCertificatePurpose = clientCertificatePurpose;
    }

    public String getTrustedCertificatesFile() {
        return trustedCertificatesFile;
    }

    public void setTrustedCertificatesFile(String trustedCertificatesFile) {
        this.trustedCertificatesFile = trustedCertificatesFile;
    }

    public String getTrustStorePath() {
        return trustStorePath;
    }

    public void setTrustStorePath(String trustStorePath) {
        this.trustStorePath = trustStorePath;
    }

    public String getTrustStoreType() {
        return trustStoreType;
    }

    public void setTrustStoreType(String trustStoreType) {
        this.trustStoreType = trustStoreType;
    }

    public String getTrustStorePassword() {
        return trustStorePassword;
    }

    public void setTrustStorePassword(String trustStorePassword) {
        this.trustStorePassword = trustStorePassword;
    }

    public String getRevocationCheck() {
        return revocationCheck;
    }

    public void setRevocationCheck(String revocationCheck) {
        this.revocationCheck = revocationCheck;
    }

    public String getTlsProtocols() {
        return tlsProtocols;
    }

    public void setTlsProtocols(String tlsProtocols) {
        this.tlsProtocols = tlsProtocols;
    }

    public String getTlsCiphers() {
        return tlsCiphers;
    }

    public void setTlsCiphers(String tlsCiphers) {
        this.tlsCiphers = tlsCiphers;
    }

    public String getTlsProvider() {
        return tlsProvider;
    }

    public void setTlsProvider(String tlsProvider) {
        this.tlsProvider = tlsProvider;
    }

    public String getTlsTicketRotation() {
        return tlsTicketRotation;
    }

    public void setTlsTicketRotation(String tlsTicketRotation) {
        this.tlsTicketRotation = tlsTicketRotation;
    }

    public String getTlsTicketKeyFile() {
        return tlsTicketKeyFile;
    }

    public void setTlsTicketKeyFile(String tlsTicketKeyFile) {
        this.tlsTicketKeyFile = tlsTicketKeyFile;
    }

    public String getHostName() {
        return hostName;
    }

    public void setHostName(String hostName) {
        this.hostName = hostName;
    }

    public String getBindAddress() {
        return bindAddress;
    }

    public void setBindAddress(String bindAddress) {
        this.bindAddress = bindAddress;
    }

    public String getSmtpPort() {
        return smtpPort;
    }

    public void setSmtpPort(String smtpPort) {
        this.smtpPort = smtpPort;
    }

    public String getSubmissionPort() {
        return submissionPort;
    }

    public void setSubmissionPort(String submissionPort) {
        this.submissionPort = submissionPort;
    }

    public String getSubmissionsPort() {
        return submissionsPort;
    }

    public void setSubmissionsPort(String submissionsPort) {
        this.submissionsPort = submissionsPort;
    }

    public String getMaxConnections() {
        return maxConnections;
    }

    public void setMaxConnections(String maxConnections) {
        this.maxConnections = maxConnections;
    }

    public String getMaxConnectionsPerAddress() {
        return maxConnectionsPerAddress;
    }

    public void setMaxConnectionsPerAddress(String maxConnectionsPerAddress) {
        this.maxConnectionsPerAddress = maxConnectionsPerAddress;
    }

    public String getMaxHandshakeFailures() {
        return maxHandshakeFailures;
    }

    public void setMaxHandshakeFailures(String maxHandshakeFailures) {
        this.maxHandshakeFailures = maxHandshakeFailures;
    }

    public String getBanAfter() {
        return banAfter;
    }

    public void setBanAfter(String banAfter) {
        this.banAfter = banAfter;
    }

    public String getGreetingDelay() {
        return greetingDelay;
    }

    public void setGreetingDelay(String greetingDelay) {
        this.greetingDelay = greetingDelay;
    }

    public String getCommandTimeout() {
        return commandTimeout;
    }

    public void setCommandTimeout(String commandTimeout) {
        this.commandTimeout = commandTimeout;
    }

    public String getDataTimeout() {
        return dataTimeout;
    }

    public void setDataTimeout(String dataTimeout) {
        this.dataTimeout = dataTimeout;
    }

    public String getAllowedNetworks() {
        return allowedNetworks;
    }

    public void setAllowedNetworks(String allowedNetworks) {
        this.allowedNetworks = allowedNetworks;
    }

    public String getDeniedNetworks() {
        return deniedNetworks;
    }

    public void setDeniedNetworks(String deniedNetworks) {
        this.deniedNetworks = deniedNetworks;
    }

    public String getProxyProtocol() {
        return proxyProtocol;
    }

    public void setProxyProtocol(String proxyProtocol) {
        this.proxyProtocol = proxyProtocol;
    }

    public String getProxyNetworks() {
        return proxyNetworks;
    }

    public void setProxyNetworks(String proxyNetworks) {
        this.proxyNetworks = proxyNetworks;
    }

    public String getSize() {
        return size;
    }

    public void setSize(String size) {
        this.size = size;
    }

    public String getPipelining() {
        return pipelining;
    }

    public void setPipelining(String pipelining) {
        this.pipelining = pipelining;
    }

    public String getEightBitMime() {
        return eightBitMime;
    }

    public void setEightBitMime(String eightBitMime) {
        this.eightBitMime = eightBitMime;
    }

    public String getDsn() {
        return dsn;
    }

    public void setDsn(String dsn) {
        this.dsn = dsn;
    }

    public String getChunking() {
        return chunking;
    }

    public void setChunking(String chunking) {
        this.chunking = chunking;
    }

    public String getSmtpUtf8() {
        return smtpUtf8;
    }

    public void setSmtpUtf8(String smtpUtf8) {
        this.smtpUtf8 = smtpUtf8;
    }

    public String getEnhancedStatusCodes() {
        return enhancedStatusCodes;
    }

    public void setEnhancedStatusCodes(String enhancedStatusCodes) {
        this.enhancedStatusCodes = enhancedStatusCodes;
    }

    public String getRequireTlsExtension() {
        return requireTlsExtension;
    }

    public void setRequireTlsExtension(String requireTlsExtension) {
        this.requireTlsExtension = requireTlsExtension;
    }

    public String getHelp() {
        return help;
    }

    public void setHelp(String help) {
        this.help = help;
    }

    public String getVrfy() {
        return vrfy;
    }

    public void setVrfy(String vrfy) {
        this.vrfy = vrfy;
    }

    public String getExpn() {
        return expn;
    }

    public void setExpn(String expn) {
        this.expn = expn;
    }

    public String getEtrn() {
        return etrn;
    }

    public void setEtrn(String etrn) {
        this.etrn = etrn;
    }

    public String getHooks() {
        return hooks;
    }

    public void setHooks(String hooks) {
        this.hooks = hooks;
    }

    public String getHookProperties() {
        return hookProperties;
    }

    public void setHookProperties(String hookProperties) {
        this.hookProperties = hookProperties;
    }

    public String getHookTimeout() {
        return hookTimeout;
    }

    public void setHookTimeout(String hookTimeout) {
        this.hookTimeout = hookTimeout;
    }

    public String getSpfPolicy() {
        return spfPolicy;
    }

    public void setSpfPolicy(String spfPolicy) {
        this.spfPolicy = spfPolicy;
    }

    public String getDmarcPolicy() {
        return dmarcPolicy;
    }

    public void setDmarcPolicy(String dmarcPolicy) {
        this.dmarcPolicy = dmarcPolicy;
    }

    public String getAuthenticationTimeout() {
        return authenticationTimeout;
    }

    public void setAuthenticationTimeout(String authenticationTimeout) {
        this.authenticationTimeout = authenticationTimeout;
    }

    public String getAuthenticationResults() {
        return authenticationResults;
    }

    public void setAuthenticationResults(String authenticationResults) {
        this.authenticationResults = authenticationResults;
    }

    public String getTrustedNetworks() {
        return trustedNetworks;
    }

    public void setTrustedNetworks(String trustedNetworks) {
        this.trustedNetworks = trustedNetworks;
    }

    public String getTrustedSigners() {
        return trustedSigners;
    }

    public void setTrustedSigners(String trustedSigners) {
        this.trustedSigners = trustedSigners;
    }

    public String getDnsServers() {
        return dnsServers;
    }

    public void setDnsServers(String dnsServers) {
        this.dnsServers = dnsServers;
    }

    public String getPostmaster() {
        return postmaster;
    }

    public void setPostmaster(String postmaster) {
        this.postmaster = postmaster;
    }

    public String getMaxMessageSize() {
        return maxMessageSize;
    }

    public void setMaxMessageSize(String maxMessageSize) {
        this.maxMessageSize = maxMessageSize;
    }

    public String getMaxRecipients() {
        return maxRecipients;
    }

    public void setMaxRecipients(String maxRecipients) {
        this.maxRecipients = maxRecipients;
    }

    public String getMaxErrors() {
        return maxErrors;
    }

    public void setMaxErrors(String maxErrors) {
        this.maxErrors = maxErrors;
    }

    public String getMaxUnknownRecipients() {
        return maxUnknownRecipients;
    }

    public void setMaxUnknownRecipients(String maxUnknownRecipients) {
        this.maxUnknownRecipients = maxUnknownRecipients;
    }

    public String getMaxJunkCommands() {
        return maxJunkCommands;
    }

    public void setMaxJunkCommands(String maxJunkCommands) {
        this.maxJunkCommands = maxJunkCommands;
    }

    public String getMaxTransactionsPerSession() {
        return maxTransactionsPerSession;
    }

    public void setMaxTransactionsPerSession(String maxTransactionsPerSession) {
        this.maxTransactionsPerSession = maxTransactionsPerSession;
    }

    public String getMaxReceivedHeaders() {
        return maxReceivedHeaders;
    }

    public void setMaxReceivedHeaders(String maxReceivedHeaders) {
        this.maxReceivedHeaders = maxReceivedHeaders;
    }

    public String getMaxMimeDepth() {
        return maxMimeDepth;
    }

    public void setMaxMimeDepth(String maxMimeDepth) {
        this.maxMimeDepth = maxMimeDepth;
    }

    public String getMaxMimeParts() {
        return maxMimeParts;
    }

    public void setMaxMimeParts(String maxMimeParts) {
        this.maxMimeParts = maxMimeParts;
    }

    public String getMaxHeaderSize() {
        return maxHeaderSize;
    }

    public void setMaxHeaderSize(String maxHeaderSize) {
        this.maxHeaderSize = maxHeaderSize;
    }

    public String getMaxTextSize() {
        return maxTextSize;
    }

    public void setMaxTextSize(String maxTextSize) {
        this.maxTextSize = maxTextSize;
    }

    public String getAddressSyntax() {
        return addressSyntax;
    }

    public void setAddressSyntax(String addressSyntax) {
        this.addressSyntax = addressSyntax;
    }

    public String getBareNewline() {
        return bareNewline;
    }

    public void setBareNewline(String bareNewline) {
        this.bareNewline = bareNewline;
    }

    public String getMaxDeliveries() {
        return maxDeliveries;
    }

    public void setMaxDeliveries(String maxDeliveries) {
        this.maxDeliveries = maxDeliveries;
    }

    public String getMaxQueuedDeliveries() {
        return maxQueuedDeliveries;
    }

    public void setMaxQueuedDeliveries(String maxQueuedDeliveries) {
        this.maxQueuedDeliveries = maxQueuedDeliveries;
    }

    public String getQueueTimeout() {
        return queueTimeout;
    }

    public void setQueueTimeout(String queueTimeout) {
        this.queueTimeout = queueTimeout;
    }

    public String getDeliveryTimeout() {
        return deliveryTimeout;
    }

    public void setDeliveryTimeout(String deliveryTimeout) {
        this.deliveryTimeout = deliveryTimeout;
    }

    public String getGracePeriod() {
        return gracePeriod;
    }

    public void setGracePeriod(String gracePeriod) {
        this.gracePeriod = gracePeriod;
    }

    public String getLocalDomains() {
        return localDomains;
    }

    public void setLocalDomains(String localDomains) {
        this.localDomains = localDomains;
    }

    public String getShutdownTimeout() {
        return shutdownTimeout;
    }

    public void setShutdownTimeout(String shutdownTimeout) {
        this.shutdownTimeout = shutdownTimeout;
    }

    public String getMemoryThreshold() {
        return memoryThreshold;
    }

    public void setMemoryThreshold(String memoryThreshold) {
        this.memoryThreshold = memoryThreshold;
    }

    public String getMaxMemory() {
        return maxMemory;
    }

    public void setMaxMemory(String maxMemory) {
        this.maxMemory = maxMemory;
    }

    public String getSpoolDirectory() {
        return spoolDirectory;
    }

    public void setSpoolDirectory(String spoolDirectory) {
        this.spoolDirectory = spoolDirectory;
    }

    public String getSecurityDomain() {
        return securityDomain;
    }

    public void setSecurityDomain(String securityDomain) {
        this.securityDomain = securityDomain;
    }

    public String getAuthMechanisms() {
        return authMechanisms;
    }

    public void setAuthMechanisms(String authMechanisms) {
        this.authMechanisms = authMechanisms;
    }

    public String getVerifySender() {
        return verifySender;
    }

    public void setVerifySender(String verifySender) {
        this.verifySender = verifySender;
    }

    public String getCertificateUser() {
        return certificateUser;
    }

    public void setCertificateUser(String certificateUser) {
        this.certificateUser = certificateUser;
    }

    public String getCertificateRoles() {
        return certificateRoles;
    }

    public void setCertificateRoles(String certificateRoles) {
        this.certificateRoles = certificateRoles;
    }

    public String getSmtpAuthentication() {
        return smtpAuthentication;
    }

    public void setSmtpAuthentication(String smtpAuthentication) {
        this.smtpAuthentication = smtpAuthentication;
    }

    public String getSubmissionAuthentication() {
        return submissionAuthentication;
    }

    public void setSubmissionAuthentication(String submissionAuthentication) {
        this.submissionAuthentication = submissionAuthentication;
    }

    public String getSubmissionsAuthentication() {
        return submissionsAuthentication;
    }

    public void setSubmissionsAuthentication(String submissionsAuthentication) {
        this.submissionsAuthentication = submissionsAuthentication;
    }

    public String getSmtpAuthMechanisms() {
        return smtpAuthMechanisms;
    }

    public void setSmtpAuthMechanisms(String smtpAuthMechanisms) {
        this.smtpAuthMechanisms = smtpAuthMechanisms;
    }

    public String getSubmissionAuthMechanisms() {
        return submissionAuthMechanisms;
    }

    public void setSubmissionAuthMechanisms(String submissionAuthMechanisms) {
        this.submissionAuthMechanisms = submissionAuthMechanisms;
    }

    public String getSubmissionsAuthMechanisms() {
        return submissionsAuthMechanisms;
    }

    public void setSubmissionsAuthMechanisms(String submissionsAuthMechanisms) {
        this.submissionsAuthMechanisms = submissionsAuthMechanisms;
    }

    public String getSmtpClientCertificates() {
        return smtpClientCertificates;
    }

    public void setSmtpClientCertificates(String smtpClientCertificates) {
        this.smtpClientCertificates = smtpClientCertificates;
    }

    public String getSubmissionClientCertificates() {
        return submissionClientCertificates;
    }

    public void setSubmissionClientCertificates(String submissionClientCertificates) {
        this.submissionClientCertificates = submissionClientCertificates;
    }

    public String getSubmissionsClientCertificates() {
        return submissionsClientCertificates;
    }

    public void setSubmissionsClientCertificates(String submissionsClientCertificates) {
        this.submissionsClientCertificates = submissionsClientCertificates;
    }
}
