package io.smtpra.ra.sasl;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The functions that SCRAM-SHA-256 is made of (RFC 5802 section 2.2, RFC 7677). */
public final class ScramKeys {

    private static final String HMAC = "HmacSHA256";
    private static final String HASH = "SHA-256";
    private static final int KEY_BITS = 256;
    private static final int NONCE_OCTETS = 18;

    private ScramKeys() {}

    public static byte[] hmac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JVM has no " + HMAC, e);
        }
    }

    public static byte[] hash(byte[] octets) {
        try {
            return MessageDigest.getInstance(HASH).digest(octets);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JVM has no " + HASH, e);
        }
    }

    /** A password, prepared, salted and hashed (RFC 5802 section 2.2, Hi). */
    public static byte[] salted(String password, byte[] salt, int iterations) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2With" + HMAC)
                    .generateSecret(new PBEKeySpec(SaslText.prepared(password).toCharArray(), salt, iterations,
                    KEY_BITS))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JVM has no PBKDF2 with " + HMAC, e);
        }
    }

    /** What checks that the other side is there now. */
    public static String nonce() {
        byte[] random = new byte[NONCE_OCTETS];
        new SecureRandom().nextBytes(random);
        return SaslText.encode(random);
    }
}
