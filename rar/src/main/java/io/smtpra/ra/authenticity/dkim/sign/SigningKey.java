package io.smtpra.ra.authenticity.dkim.sign;

import io.smtpra.ra.authenticity.dkim.SignatureAlgorithm;
import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAKey;
import java.security.spec.NamedParameterSpec;
import java.util.Objects;

/**
 * A private key and the name under which its public one is published.
 *
 * @param selector the name
 * @param algorithm what it signs with
 * @param key the key
 * @param bits its length
 */
public record SigningKey(String selector, SignatureAlgorithm algorithm, PrivateKey key, int bits) {

    /** What must not be used any more (RFC 8301 section 3.2). */
    private static final int LEAST_BITS = 1_024;
    /** What should be used. */
    private static final int GOOD_BITS = 2_048;
    /** What every verifier must take. */
    private static final int MOST_BITS = 4_096;
    private static final int ED25519_BITS = 256;
    private static final int ED25519_OCTETS = 64;

    /** Refuses nulls. */
    public SigningKey {
        Objects.requireNonNull(selector, "selector");
        Objects.requireNonNull(algorithm, "algorithm");
        Objects.requireNonNull(key, "key");
    }

    /**
     * A key for signing.
     *
     * @param selector the name under which it is published
     * @param key the key
     * @return the key with what it signs with
     * @throws IllegalArgumentException if nothing signs with such a key; the message says which do
     */
    public static SigningKey of(String selector, PrivateKey key) {
        if (key instanceof RSAKey rsa && key.getAlgorithm().equals("RSA")) {
            int bits = rsa.getModulus().bitLength();
            if (bits < LEAST_BITS || bits > MOST_BITS) {
                throw new IllegalArgumentException("an RSA key must have " + LEAST_BITS + " to " + MOST_BITS
                        + " bits, and should have " + GOOD_BITS + " (RFC 8301); this one has " + bits);
            }
            return new SigningKey(selector, SignatureAlgorithm.RSA, key, bits);
        }
        if (key instanceof EdECPrivateKey ed && ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName())) {
            return new SigningKey(selector, SignatureAlgorithm.ED25519, key, ED25519_BITS);
        }
        throw new IllegalArgumentException("DKIM knows RSA and Ed25519 keys alone, not " + key.getAlgorithm());
    }

    /** Whether it is shorter than it should be. */
    boolean isShort() {
        return algorithm == SignatureAlgorithm.RSA && bits < GOOD_BITS;
    }

    /** How long its signatures are, in octets. */
    int signatureLength() {
        return algorithm == SignatureAlgorithm.RSA ? (bits + 7) / 8 : ED25519_OCTETS;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return selector + " (" + algorithm.keyword() + ", " + bits + " bits)";
    }
}
