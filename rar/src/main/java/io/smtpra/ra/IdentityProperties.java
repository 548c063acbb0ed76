package io.smtpra.ra;

import io.smtpra.ListenerKind;
import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.inbound.CertificateUsers;
import io.smtpra.ra.inbound.listener.ListenerConfig;
import io.smtpra.ra.inbound.protocol.AuthenticationRule;
import io.smtpra.ra.inbound.protocol.ListenerRules;
import io.smtpra.ra.inbound.protocol.SaslMechanism;
import io.smtpra.ra.inbound.protocol.SenderRule;
import io.smtpra.ra.tls.ClientCertificates;
import io.smtpra.ra.tls.KeyMaterial;
import io.smtpra.ra.tls.ServerTlsConfig;
import io.smtpra.ra.tls.StartTlsPolicy;
import jakarta.resource.spi.ConfigProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The properties of a resource adapter that are about who sends. */
public abstract class IdentityProperties extends DeliveryProperties {

    @ConfigProperty(description = "AUTH on smtpPort, always within TLS: none, optional or required. Users and their roles"
            + " are those of the server's security domain.")
    private String smtpAuthentication = "none";

    @ConfigProperty(description = "AUTH on submissionPort: none, optional or required.")
    private String submissionAuthentication = "required";

    @ConfigProperty(description = "AUTH on submissionsPort: none, optional or required.")
    private String submissionsAuthentication = "required";

    @ConfigProperty(description = "The ways to authenticate, in the order of offer, separated by commas: PLAIN, LOGIN, and"
            + " EXTERNAL for clients with a trusted certificate.")
    private String authMechanisms = "PLAIN, LOGIN";

    @ConfigProperty(description = "As whom an authenticated user may send: none (no check), or user: the sender's address is the"
            + " user's name, or has it before the @.")
    private String verifySender = "none";

    @ConfigProperty(description = "With EXTERNAL, what in the certificate is the user's name: commonName, email (the first"
            + " mail address among the alternative names) or subject (the whole distinguished name).")
    private String certificateUser = "commonName";

    @ConfigProperty(description = "With EXTERNAL, the roles of users who authenticate by certificate, separated by commas.")
    private String certificateRoles = "";

    /** What each kind of listener asks; users give their passwords in TLS alone (RFC 8314 section 3.3). */
    Map<ListenerKind, ListenerRules> rules(PropertyReader reader, List<ListenerConfig> listeners) {
        StartTlsPolicy startTls = startTlsPolicy(reader);
        AuthenticationRule smtp = rule(reader, ListenerKind.SMTP, smtpAuthentication);
        if (smtp != AuthenticationRule.NONE && startTls == StartTlsPolicy.DISABLED && isOpen(listeners, ListenerKind.SMTP)) {
            reader.fault("startTls", "disabled", "enabled or required, as smtpAuthentication is not none", startTls);
        }
        return Map.of(
                ListenerKind.SMTP, new ListenerRules(startTls, smtp),
                ListenerKind.SUBMISSION, new ListenerRules(StartTlsPolicy.REQUIRED,
                        rule(reader, ListenerKind.SUBMISSION, submissionAuthentication)),
                ListenerKind.SUBMISSIONS, new ListenerRules(StartTlsPolicy.REQUIRED,
                        rule(reader, ListenerKind.SUBMISSIONS, submissionsAuthentication)));
    }

    List<SaslMechanism> mechanisms(PropertyReader reader, ServerTlsConfig tls) {
        Map<String, SaslMechanism> names = SaslMechanism.names();
        List<SaslMechanism> mechanisms = reader.parsed("authMechanisms", authMechanisms,
                "one or more of " + String.join(", ", names.keySet()),
                value -> parse(reader.list(value), names), List.of());
        if (mechanisms.contains(SaslMechanism.EXTERNAL) && !knowsClients(tls)) {
            reader.fault("authMechanisms", authMechanisms, "EXTERNAL only with clientCertificates=request or require and"
                    + " trustedCertificatesFile or trustStorePath, or with sslContext: those of the JVM trust anybody's"
                    + " certificate", mechanisms);
        }
        return mechanisms;
    }

    SenderRule senderRule(PropertyReader reader) {
        return reader.choice("verifySender", verifySender, SenderRule.names());
    }

    CertificateUsers certificateUsers(PropertyReader reader) {
        return new CertificateUsers(
                reader.choice("certificateUser", certificateUser, CertificateUsers.Name.names()),
                Set.copyOf(reader.list(certificateRoles)));
    }

    /** The property that says whether the clients of a listener authenticate. */
    static String authenticationProperty(ListenerKind kind) {
        return kind.configurationName() + "Authentication";
    }

    private static AuthenticationRule rule(PropertyReader reader, ListenerKind kind, String value) {
        return reader.choice(authenticationProperty(kind), value, AuthenticationRule.names());
    }

    private static boolean isOpen(List<ListenerConfig> listeners, ListenerKind kind) {
        return listeners.stream().anyMatch(listener -> listener.kind() == kind);
    }

    private static boolean knowsClients(ServerTlsConfig tls) {
        return tls.keyMaterial().stream().anyMatch(KeyMaterial.ServerContext.class::isInstance)
                || tls.clientCertificates() != ClientCertificates.NONE && tls.trust().isPresent();
    }

    private static List<SaslMechanism> parse(List<String> words, Map<String, SaslMechanism> names) {
        List<SaslMechanism> mechanisms = words.stream()
                .map(word -> names.keySet().stream().filter(word::equalsIgnoreCase).findAny()
                        .map(names::get)
                        .orElseThrow(() -> new IllegalArgumentException("not " + word)))
                .distinct()
                .toList();
        if (mechanisms.isEmpty()) {
            throw new IllegalArgumentException("none is named");
        }
        return mechanisms;
    }

    @Override
    List<String> values() {
        List<String> values = super.values();
        values.addAll(Arrays.asList(
                smtpAuthentication, submissionAuthentication, submissionsAuthentication, authMechanisms, verifySender,
                certificateUser, certificateRoles));
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
}
