package io.smtpra.ra;

import io.smtpra.ListenerKind;
import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.inbound.listener.ListenerConfig;
import io.smtpra.ra.inbound.smtp.rules.AuthenticationRule;
import io.smtpra.ra.inbound.smtp.rules.ListenerRules;
import io.smtpra.ra.inbound.smtp.rules.ProtocolConfig;
import io.smtpra.ra.inbound.smtp.rules.SaslMechanism;
import io.smtpra.ra.server.SecurityDomainUsers;
import io.smtpra.ra.tls.server.ClientCertificates;
import io.smtpra.ra.tls.server.ServerTlsConfig;
import io.smtpra.ra.tls.server.StartTlsPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether what clients are offered to authenticate with fits to TLS and to what the server knows of its users. */
final class AuthenticationChecks {

    private static final String TRUSTED = " and trustedCertificatesFile or trustStorePath, or with sslContext: those of"
            + " the JVM trust anybody's certificate";

    private final PropertyReader reader;
    private final ProtocolConfig protocol;

    AuthenticationChecks(PropertyReader reader, ProtocolConfig protocol) {
        this.reader = reader;
        this.protocol = protocol;
    }

    /** Users give their passwords in TLS alone (RFC 8314 section 3.3). */
    void checkStartTls(List<ListenerConfig> listeners) {
        ListenerRules smtp = protocol.rules().get(ListenerKind.SMTP);
        if (smtp.authentication() != AuthenticationRule.NONE && smtp.startTls() == StartTlsPolicy.DISABLED
                && listeners.stream().anyMatch(listener -> listener.kind() == ListenerKind.SMTP)) {
            reader.fault("startTls", "disabled", "enabled or required, as smtpAuthentication is not none", "");
        }
    }

    /** EXTERNAL believes a certificate, so it must be known whose certificates are trusted. */
    void checkExternal(ServerTlsConfig tls, Map<ListenerKind, ClientCertificates> asked) {
        if (tls.isServerContext()) {
            return;
        }
        if (protocol.mechanisms().contains(SaslMechanism.EXTERNAL) && (tls.trust().isEmpty()
                || asked.values().stream().allMatch(ClientCertificates.NONE::equals))) {
            reader.fault("authMechanisms", reader.value("authMechanisms"),
                    "EXTERNAL only with clientCertificates=request or require" + TRUSTED, "");
        }
        protocol.rules().forEach((kind, rule) -> {
            if (rule.mechanisms().filter(own -> own.contains(SaslMechanism.EXTERNAL)).isPresent()
                    && (tls.trust().isEmpty() || asked.get(kind) == ClientCertificates.NONE)) {
                reader.fault(ListenerRules.mechanismsProperty(kind), "EXTERNAL", "EXTERNAL only with "
                        + kind.configurationName() + "ClientCertificates=request or require" + TRUSTED, "");
            }
        });
    }

    /** Proofs and tokens need a security domain that can check them. */
    void checkDomain(Optional<SecurityDomainUsers> domain) {
        checkDomain("authMechanisms", protocol.mechanisms(), domain);
        protocol.rules().forEach((kind, rule) -> rule.mechanisms().ifPresent(
                own -> checkDomain(ListenerRules.mechanismsProperty(kind), own, domain)));
    }

    private void checkDomain(String property, List<SaslMechanism> named, Optional<SecurityDomainUsers> domain) {
        for (SaslMechanism mechanism : named) {
            boolean known = switch (mechanism) {
                case PLAIN, LOGIN, EXTERNAL -> true;
                case SCRAM_SHA_256 -> domain.filter(SecurityDomainUsers::canSalt).isPresent();
                case OAUTHBEARER, XOAUTH2 -> domain.filter(SecurityDomainUsers::canCheckTokens).isPresent();
            };
            if (!known) {
                reader.fault(property, mechanism.saslName(), mechanism == SaslMechanism.SCRAM_SHA_256
                        ? "SCRAM-SHA-256 only with a securityDomain that has passwords in clear or salted for it"
                        : mechanism.saslName() + " only with a securityDomain that checks tokens (a token-realm)", "");
            }
        }
    }
}
