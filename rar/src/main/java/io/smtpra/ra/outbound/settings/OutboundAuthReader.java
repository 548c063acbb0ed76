package io.smtpra.ra.outbound.settings;

import io.smtpra.ra.client.AuthPolicy;
import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.log.OutboundMessages;
import io.smtpra.ra.sasl.AuthCredentials;
import io.smtpra.ra.sasl.AuthMechanism;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads those properties of a connection factory that say how it authenticates. */
final class OutboundAuthReader {

    private static final String TOGETHER = "userName and password go together. A server resolves ${…} in a value, and what "
            + "is not set becomes nothing: a password with such characters belongs into a credential store, see "
            + "docs/outbound.md, \"Who signs on\"";

    private static final Set<AuthMechanism> TOKEN_MECHANISMS =
            EnumSet.of(AuthMechanism.OAUTHBEARER, AuthMechanism.XOAUTH2);

    private final PropertyReader reader;

    OutboundAuthReader(PropertyReader reader) {
        this.reader = reader;
    }

    AuthPolicy policy() {
        List<AuthMechanism> mechanisms = reader.list("authMechanisms").stream()
                .map(name -> reader.choice("authMechanisms", name, AuthMechanism.names()))
                .toList();
        boolean unverified = reader.flag("credentialsToUnverifiedPeer");
        if (unverified) {
            OutboundMessages.LOG.credentialsToAnybody(reader.value("host"), reader.value("port"));
        }
        return new AuthPolicy(mechanisms.isEmpty() ? AuthPolicy.DEFAULTS.mechanisms() : mechanisms,
                reader.flag("plainTextAuthentication"), unverified);
    }

    Optional<AuthCredentials> credentials(AuthPolicy policy) {
        Optional<String> user = reader.text("userName");
        // A password may begin or end with a blank; blanks alone are what a server's configuration has in place of nothing.
        Optional<String> password = Optional.of(reader.value("password")).filter(text -> !text.isBlank());
        try {
            if (policy.mechanisms().equals(List.of(AuthMechanism.EXTERNAL))) {
                return Optional.of(new AuthCredentials.ClientCertificate(user));
            }
            Optional<Supplier<String>> tokens = new TokenReader(reader).supplier();
            if (tokens.isPresent()) {
                return withTokens(tokens.get(), user, password, policy);
            }
            if (user.isPresent() != password.isPresent()) {
                String missing = user.isPresent() ? "password" : "userName";
                return reader.fault(missing, "", TOGETHER, Optional.empty());
            }
            return user.map(name -> PasswordSignOn.credentials(name, password.orElseThrow(), isTokenSignOn(policy)));
        } catch (IllegalArgumentException e) {
            return reader.fault("userName", reader.value("userName"),
                    "a user name, and a password, without control characters", Optional.empty());
        }
    }

    private Optional<AuthCredentials> withTokens(
            Supplier<String> tokens, Optional<String> user, Optional<String> password, AuthPolicy policy) {
        if (user.isEmpty()) {
            return reader.fault("userName", "", "needed with tokens: the user that they are for", Optional.empty());
        }
        if (password.isPresent()) {
            return reader.fault("password", "…", "not beside tokenSupplier or tokenEndpoint", Optional.empty());
        }
        if (Collections.disjoint(policy.mechanisms(), TOKEN_MECHANISMS)) {
            return reader.fault("authMechanisms", reader.value("authMechanisms"),
                    "OAUTHBEARER or XOAUTH2 with tokenSupplier or tokenEndpoint", Optional.empty());
        }
        return user.map(name -> new AuthCredentials.Token(name, tokens));
    }

    /** Whether a password is a token. */
    static boolean isTokenSignOn(AuthPolicy policy) {
        return TOKEN_MECHANISMS.containsAll(policy.mechanisms());
    }
}
