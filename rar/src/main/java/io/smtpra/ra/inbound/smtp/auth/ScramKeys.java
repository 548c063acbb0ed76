package io.smtpra.ra.inbound.smtp.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The functions that SCRAM-SHA-256 is made of (RFC 5802 section 2.2, RFC 7677). */
final class ScramKeys {

    private static final String HMAC = "HmacSHA256";
    private static final String HASH = "SHA-256";

    private ScramKeys() {}

    static byte[] hmac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JVM has no " + HMAC, e);
        }
    }

    static byte[] hash(byte[] octets) {
        try {
            return MessageDigest.getInstance(HASH).digest(octets);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JVM has no " + HASH, e);
        }
    }
}
