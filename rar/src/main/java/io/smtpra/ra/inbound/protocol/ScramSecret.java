package io.smtpra.ra.inbound.protocol;

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

    @Override
    public String toString() {
        return "ScramSecret[" + iterations + " iterations]";
    }
}
