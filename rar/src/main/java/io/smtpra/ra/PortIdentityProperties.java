package io.smtpra.ra;

import io.smtpra.ListenerKind;
import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.inbound.listener.ListenerConfig;
import io.smtpra.ra.inbound.protocol.AuthenticationRule;
import io.smtpra.ra.inbound.protocol.ListenerRules;
import io.smtpra.ra.inbound.protocol.SaslMechanism;
import io.smtpra.ra.server.SecurityDomainUsers;
import io.smtpra.ra.tls.ClientCertificates;
import io.smtpra.ra.tls.KeyMaterial;
import io.smtpra.ra.tls.ServerTlsConfig;
import io.smtpra.ra.tls.StartTlsPolicy;
import jakarta.resource.spi.ConfigProperty;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The properties of a resource adapter that say, port by port, how clients show who they are. */
public abstract class PortIdentityProperties extends IdentityProperties {

    private static final String TRUSTED = " and trustedCertificatesFile or trustStorePath, or with sslContext: those of"
            + " the JVM trust anybody's certificate";

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

    /** What each kind of listener asks; users give their passwords in TLS alone (RFC 8314 section 3.3). */
    Map<ListenerKind, ListenerRules> rules(PropertyReader reader, List<ListenerConfig> listeners) {
        StartTlsPolicy startTls = startTlsPolicy(reader);
        AuthenticationRule smtp = rule(reader, ListenerKind.SMTP, smtpAuthentication);
        if (smtp != AuthenticationRule.NONE && startTls == StartTlsPolicy.DISABLED
                && isOpen(listeners, ListenerKind.SMTP)) {
            reader.fault("startTls", "disabled", "enabled or required, as smtpAuthentication is not none", startTls);
        }
        return Map.of(
                ListenerKind.SMTP, new ListenerRules(startTls, smtp,
                        mechanisms(reader, ListenerKind.SMTP, smtpAuthMechanisms)),
                ListenerKind.SUBMISSION, new ListenerRules(StartTlsPolicy.REQUIRED,
                        rule(reader, ListenerKind.SUBMISSION, submissionAuthentication),
                        mechanisms(reader, ListenerKind.SUBMISSION, submissionAuthMechanisms)),
                ListenerKind.SUBMISSIONS, new ListenerRules(StartTlsPolicy.REQUIRED,
                        rule(reader, ListenerKind.SUBMISSIONS, submissionsAuthentication),
                        mechanisms(reader, ListenerKind.SUBMISSIONS, submissionsAuthMechanisms)));
    }

    /** Whether the clients of each kind of listener are asked for certificates. */
    Map<ListenerKind, ClientCertificates> clientCertificates(PropertyReader reader, ServerTlsConfig tls) {
        Map<ListenerKind, ClientCertificates> asked = new EnumMap<>(ListenerKind.class);
        Map.of(ListenerKind.SMTP, text(smtpClientCertificates),
                        ListenerKind.SUBMISSION, text(submissionClientCertificates),
                        ListenerKind.SUBMISSIONS, text(submissionsClientCertificates))
                .forEach((kind, value) -> asked.put(kind, value.isBlank() ? tls.clientCertificates() : reader.choice(
                        kind.configurationName() + "ClientCertificates", value, ClientCertificates.names())));
        return asked;
    }

    /** EXTERNAL believes a certificate, so it must be known whose certificates are trusted. */
    void checkExternal(
            PropertyReader reader,
            List<SaslMechanism> general,
            Map<ListenerKind, ListenerRules> rules,
            Map<ListenerKind, ClientCertificates> asked,
            ServerTlsConfig tls) {
        if (general.contains(SaslMechanism.EXTERNAL) && !isServers(tls) && (tls.trust().isEmpty()
                || asked.values().stream().allMatch(ClientCertificates.NONE::equals))) {
            reader.fault("authMechanisms", getAuthMechanisms(),
                    "EXTERNAL only with clientCertificates=request or require" + TRUSTED, general);
        }
        rules.forEach((kind, rule) -> {
            if (rule.mechanisms().filter(own -> own.contains(SaslMechanism.EXTERNAL)).isPresent() && !isServers(tls)
                    && (tls.trust().isEmpty() || asked.get(kind) == ClientCertificates.NONE)) {
                String name = kind.configurationName();
                reader.fault(name + "AuthMechanisms", "EXTERNAL", "EXTERNAL only with " + name
                        + "ClientCertificates=request or require" + TRUSTED, rule);
            }
        });
    }

    /** Proofs and tokens need a security domain that can check them. */
    void checkDomain(
            PropertyReader reader,
            List<SaslMechanism> general,
            Map<ListenerKind, ListenerRules> rules,
            Optional<SecurityDomainUsers> domain) {
        checkDomain(reader, "authMechanisms", general, domain);
        rules.forEach((kind, rule) -> rule.mechanisms().ifPresent(
                own -> checkDomain(reader, kind.configurationName() + "AuthMechanisms", own, domain)));
    }

    private static void checkDomain(
            PropertyReader reader, String property, List<SaslMechanism> named, Optional<SecurityDomainUsers> domain) {
        for (SaslMechanism mechanism : named) {
            boolean known = switch (mechanism) {
                case PLAIN, LOGIN, EXTERNAL -> true;
                case SCRAM_SHA_256 -> domain.filter(SecurityDomainUsers::canSalt).isPresent();
                case OAUTHBEARER, XOAUTH2 -> domain.filter(SecurityDomainUsers::canCheckTokens).isPresent();
            };
            if (!known) {
                reader.fault(property, mechanism.saslName(), mechanism == SaslMechanism.SCRAM_SHA_256
                        ? "SCRAM-SHA-256 only with a securityDomain that has passwords in clear or salted for it"
                        : mechanism.saslName() + " only with a securityDomain that checks tokens (a token-realm)",
                        named);
            }
        }
    }

    /** The property that says whether the clients of a listener authenticate. */
    static String authenticationProperty(ListenerKind kind) {
        return kind.configurationName() + "Authentication";
    }

    private static AuthenticationRule rule(PropertyReader reader, ListenerKind kind, String value) {
        return reader.choice(authenticationProperty(kind), value, AuthenticationRule.names());
    }

    private static Optional<List<SaslMechanism>> mechanisms(PropertyReader reader, ListenerKind kind, String value) {
        return text(value).isBlank() ? Optional.empty()
                : Optional.of(mechanisms(reader, kind.configurationName() + "AuthMechanisms", value));
    }

    private static boolean isOpen(List<ListenerConfig> listeners, ListenerKind kind) {
        return listeners.stream().anyMatch(listener -> listener.kind() == kind);
    }

    /** Whether the server's own SSL context says whom it trusts. */
    private static boolean isServers(ServerTlsConfig tls) {
        return tls.keyMaterial().stream().anyMatch(KeyMaterial.ServerContext.class::isInstance);
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    @Override
    List<String> values() {
        List<String> values = super.values();
        values.addAll(Arrays.asList(
                smtpAuthentication, submissionAuthentication, submissionsAuthentication,
                smtpAuthMechanisms, submissionAuthMechanisms, submissionsAuthMechanisms,
                smtpClientCertificates, submissionClientCertificates, submissionsClientCertificates));
        return values;
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
