package io.smtpra.ra.inbound;

import io.smtpra.ra.inbound.protocol.ScramSecret;
import io.smtpra.ra.server.SecurityDomainUsers.SaltedPassword;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keys of SCRAM-SHA-256 (RFC 5802 section 3). */
final class ScramKeys {

    private static final String HMAC = "HmacSHA256";

    private ScramKeys() {}

    static ScramSecret of(SaltedPassword password) {
        try {
            byte[] storedKey =
                    MessageDigest.getInstance("SHA-256").digest(hmac(password.salted(), "Client Key"));
            return new ScramSecret(
                    password.salt(), password.iterations(), storedKey, hmac(password.salted(), "Server Key"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JVM cannot do SCRAM-SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(key, HMAC));
        return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    }
}
