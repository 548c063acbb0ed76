package io.smtpra.ra;

import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.inbound.CertificateUsers;
import io.smtpra.ra.inbound.protocol.SaslMechanism;
import io.smtpra.ra.inbound.protocol.SenderRule;
import io.smtpra.ra.server.SecurityDomainUsers;
import io.smtpra.ra.server.ServerServices;
import jakarta.resource.spi.ConfigProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The properties of a resource adapter that are about who sends. */
public abstract class IdentityProperties extends DeliveryProperties {

    @ConfigProperty(description = "Name of the server's security domain that knows users, passwords and roles; in"
            + " WildFly a security-domain of the Elytron subsystem. Needed where an open port has AUTH.")
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

    Optional<SecurityDomainUsers> securityDomain(PropertyReader reader) {
        Optional<String> name = reader.text(securityDomain);
        Optional<SecurityDomainUsers> domain = name.flatMap(ServerServices::securityDomain);
        if (name.isPresent() && domain.isEmpty()) {
            reader.fault("securityDomain", securityDomain, "the name of a security domain that the server has and that"
                    + " starts; in WildFly, one of /subsystem=elytron/security-domain", domain);
        }
        return domain;
    }

    List<SaslMechanism> mechanisms(PropertyReader reader) {
        return mechanisms(reader, "authMechanisms", authMechanisms);
    }

    static List<SaslMechanism> mechanisms(PropertyReader reader, String property, String value) {
        Map<String, SaslMechanism> names = SaslMechanism.names();
        return reader.parsed(property, value, "one or more of " + String.join(", ", names.keySet()),
                text -> parse(reader.list(text), names), List.of());
    }

    SenderRule senderRule(PropertyReader reader) {
        return reader.choice("verifySender", verifySender, SenderRule.names());
    }

    CertificateUsers certificateUsers(PropertyReader reader) {
        return new CertificateUsers(
                reader.choice("certificateUser", certificateUser, CertificateUsers.Name.names()),
                Set.copyOf(reader.list(certificateRoles)));
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
        values.addAll(Arrays.asList(securityDomain, authMechanisms, verifySender, certificateUser, certificateRoles));
        return values;
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
}
