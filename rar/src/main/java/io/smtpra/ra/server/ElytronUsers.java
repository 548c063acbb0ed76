package io.smtpra.ra.server;

import io.smtpra.ra.sasl.ScramKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import org.wildfly.security.auth.SupportLevel;
import org.wildfly.security.auth.server.RealmUnavailableException;
import org.wildfly.security.auth.server.SecurityDomain;
import org.wildfly.security.auth.server.SecurityIdentity;
import org.wildfly.security.auth.server.ServerAuthenticationContext;
import org.wildfly.security.credential.PasswordCredential;
import org.wildfly.security.evidence.BearerTokenEvidence;
import org.wildfly.security.password.interfaces.ClearPassword;
import org.wildfly.security.password.interfaces.ScramDigestPassword;

/** The users of a security domain of WildFly's Elytron subsystem. */
final class ElytronUsers implements SecurityDomainUsers {

    private static final String SCRAM = ScramDigestPassword.ALGORITHM_SCRAM_SHA_256;
    private static final int ITERATIONS = ScramDigestPassword.DEFAULT_ITERATION_COUNT;
    /** Of a password that is stored in clear. */
    static final UnknownUserSalts.Form OWN_FORM =
            new UnknownUserSalts.Form(ITERATIONS, ScramDigestPassword.DEFAULT_SALT_SIZE);
    private static final int KEY_BITS = 256;

    private final String name;
    private final SecurityDomain domain;
    private final UnknownUserSalts salts;

    ElytronUsers(String name, SecurityDomain domain) {
        this(name, domain, new UnknownUserSalts(ServerEnvironment.data(), name, OWN_FORM));
    }

    ElytronUsers(String name, SecurityDomain domain, UnknownUserSalts salts) {
        this.name = name;
        this.domain = domain;
        this.salts = salts;
    }

    @Override
    public boolean canSalt() {
        return domain.getCredentialAcquireSupport(PasswordCredential.class, SCRAM).mayBeSupported()
                || domain.getCredentialAcquireSupport(PasswordCredential.class, ClearPassword.ALGORITHM_CLEAR)
                        .mayBeSupported();
    }

    @Override
    public boolean canCheckTokens() {
        SupportLevel level = domain.getEvidenceVerifySupport(BearerTokenEvidence.class);
        return level.mayBeSupported();
    }

    @Override
    public SaltedPassword salted(String user) throws IOException {
        try (ServerAuthenticationContext context = domain.createNewAuthenticationContext()) {
            Optional<PasswordCredential> stored = Optional.empty();
            Optional<PasswordCredential> clear = Optional.empty();
            if (isNamed(context, user)) {
                stored = Optional.ofNullable(context.getCredential(PasswordCredential.class, SCRAM));
                clear = Optional.ofNullable(
                        context.getCredential(PasswordCredential.class, ClearPassword.ALGORITHM_CLEAR));
            }
            // Made for everybody, so that nobody can tell by the time it takes who is known.
            SaltedPassword made = salted(user, clear
                    .map(credential -> credential.getPassword(ClearPassword.class).getPassword())
                    .orElseGet(ElytronUsers::unknown));
            if (stored.isPresent()) {
                return stored(stored.get().getPassword(ScramDigestPassword.class));
            }
            return clear.isPresent() ? seen(made) : unknown(user, made);
        }
    }

    private SaltedPassword stored(ScramDigestPassword digest) {
        return seen(new SaltedPassword(digest.getSalt(), digest.getIterationCount(), digest.getDigest()));
    }

    private SaltedPassword seen(SaltedPassword password) {
        salts.seen(new UnknownUserSalts.Form(password.iterations(), password.salt().length));
        return password;
    }

    private SaltedPassword unknown(String user, SaltedPassword made) {
        UnknownUserSalts.Form form = salts.form(user);
        return new SaltedPassword(salts.salt(user, form.saltOctets()), form.iterations(), made.salted());
    }

    @Override
    public Optional<User> proven(String user) throws IOException {
        try (ServerAuthenticationContext context = domain.createNewAuthenticationContext()) {
            if (isNamed(context, user) && context.authorize()) {
                context.succeed();
                return Optional.of(user(context.getAuthorizedIdentity()));
            }
            return Optional.empty();
        }
    }

    @Override
    public Optional<User> bearer(String token) throws IOException {
        try {
            return Optional.of(user(domain.authenticate(new BearerTokenEvidence(token))));
        } catch (SecurityException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "the security domain " + name;
    }

    private static User user(SecurityIdentity identity) {
        return new User(identity.getPrincipal(), identity);
    }

    /** Gives the context the name, if there is such a user. */
    private static boolean isNamed(ServerAuthenticationContext context, String user) throws RealmUnavailableException {
        try {
            context.setAuthenticationName(user);
            return context.exists();
        } catch (IllegalArgumentException e) {
            // not a name, in the eyes of the domain
            return false;
        }
    }

    private SaltedPassword salted(String user, char[] password) {
        byte[] salt = salts.salt(user, OWN_FORM.saltOctets());
        return new SaltedPassword(salt, ITERATIONS, ScramKeys.salted(new String(password), salt, ITERATIONS));
    }

    private static char[] unknown() {
        byte[] random = new byte[KEY_BITS / Byte.SIZE];
        new SecureRandom().nextBytes(random);
        return new String(random, StandardCharsets.ISO_8859_1).toCharArray();
    }
}
