package io.smtpra.ra.inbound.smtp.auth;

import io.smtpra.ra.sasl.ScramKeys;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What a server keeps of a password to authenticate with SCRAM (RFC 5802 section 3).
 *
 * @param salt that the password was salted with
 * @param iterations how often it was hashed
 * @param storedKey checks what the client knows
 * @param serverKey proves that the server knows it too
 */
public record ScramSecret(byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {

    /** Copies the octets and refuses nulls. */
    public ScramSecret {
        Objects.requireNonNull(salt, "salt");
        salt = salt.clone();
        storedKey = storedKey.clone();
        serverKey = serverKey.clone();
    }

    /**
     * Makes it of a password.
     *
     * @param salted the password, salted and hashed
     */
    public static ScramSecret of(byte[] salted, byte[] salt, int iterations) {
        return new ScramSecret(salt, iterations, ScramKeys.hash(key(salted, "Client Key")), key(salted, "Server Key"));
    }

    private static byte[] key(byte[] salted, String name) {
        return ScramKeys.hmac(salted, name.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "ScramSecret[" + iterations + " iterations]";
    }
}
