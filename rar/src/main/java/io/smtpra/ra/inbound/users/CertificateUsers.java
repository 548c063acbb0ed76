package io.smtpra.ra.inbound.users;

import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.inbound.smtp.auth.AuthOutcome;
import io.smtpra.ra.inbound.smtp.auth.ClientCredentials;
import java.security.Principal;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.security.auth.Subject;
import javax.security.auth.x500.X500Principal;

/**
 * Whom a client's certificate stands for (RFC 4422 appendix A).
 *
 * @param name what in the certificate is the user's name
 * @param roles the roles that such users have, as no password leads the server to them
 */
public record CertificateUsers(Name name, Set<String> roles) {

    private static final int RFC822_NAME = 1;

    /** Where a user's name stands in a certificate. */
    public enum Name {
        /** The common name of its subject. */
        COMMON_NAME,
        /** The first mail address among its alternative names (RFC 5280 section 4.2.1.6). */
        EMAIL,
        /** The whole of its subject, as RFC 2253 writes it. */
        SUBJECT;

        /**
         * The names that stand in a configuration.
         *
         * @return the choice by its name
         */
        public static Map<String, Name> names() {
            return Map.of("commonName", COMMON_NAME, "email", EMAIL, "subject", SUBJECT);
        }

        private Optional<String> in(X509Certificate certificate) {
            return switch (this) {
                case COMMON_NAME -> commonName(certificate);
                case EMAIL -> email(certificate);
                case SUBJECT -> Optional.of(certificate.getSubjectX500Principal().getName(X500Principal.RFC2253));
            };
        }
    }

    /** A role, as the subject of a user carries it. */
    record Role(String name) implements Principal {

        @Override
        public String getName() {
            return name;
        }
    }

    /** Copies the roles and refuses null. */
    public CertificateUsers {
        Objects.requireNonNull(name, "name");
        roles = Set.copyOf(roles);
    }

    /**
     * Reads whom certificates stand for.
     *
     * @param reader the properties
     * @return the rule
     */
    public static CertificateUsers read(PropertyReader reader) {
        return new CertificateUsers(
                reader.choice("certificateUser", Name.names()), Set.copyOf(reader.list("certificateRoles")));
    }

    /** Refused: a certificate without such a name, and a client that wants to act as somebody else. */
    AuthOutcome user(ClientCredentials.Certificate credentials) {
        return credentials.chain().stream().findFirst()
                .flatMap(name::in)
                .filter(user -> !user.isBlank() && user.chars().noneMatch(Character::isISOControl))
                .filter(user -> credentials.authorizationId().map(user::equals).orElse(true))
                .<AuthOutcome>map(user -> new AuthOutcome.Authenticated(user, subject()))
                .orElseGet(AuthOutcome.Refused::new);
    }

    private Subject subject() {
        Subject subject = new Subject();
        roles.forEach(role -> subject.getPrincipals().add(new Role(role)));
        return subject;
    }

    private static Optional<String> commonName(X509Certificate certificate) {
        try {
            // The most specific part of a name is its last.
            return new LdapName(certificate.getSubjectX500Principal().getName(X500Principal.RFC2253)).getRdns().stream()
                    .filter(part -> part.getType().equalsIgnoreCase("CN"))
                    .map(part -> String.valueOf(part.getValue()))
                    .reduce((first, second) -> second);
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> email(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .filter(name -> Integer.valueOf(RFC822_NAME).equals(name.get(0)))
                    .map(List::copyOf)
                    .map(name -> String.valueOf(name.get(1)))
                    .findFirst();
        } catch (CertificateParsingException e) {
            return Optional.empty();
        }
    }
}
