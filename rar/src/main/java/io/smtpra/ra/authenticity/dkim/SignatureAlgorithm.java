package io.smtpra.ra.authenticity.dkim;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Optional;
import java.util.stream.Stream;

/** What signs. All of it is with SHA-256, for SHA-1 is no more (RFC 8301 section 3.1). */
public enum SignatureAlgorithm {

    /** RSA with PKCS#1 version 1.5 (RFC 6376 section 3.3.2). */
    RSA("rsa-sha256", "rsa", "SHA256withRSA") {
        @Override
        void update(Signature signature, byte[] octets, int count) throws GeneralSecurityException {
            signature.update(octets, 0, count);
        }
    },

    /** Ed25519 over the hash (RFC 8463 section 3). */
    ED25519("ed25519-sha256", "ed25519", "Ed25519") {
        @Override
        void update(Signature signature, byte[] octets, int count) throws GeneralSecurityException {
            MessageDigest digest = BodyDigest.sha256();
            digest.update(octets, 0, count);
            signature.update(digest.digest());
        }
    };

    private final String keyword;
    private final String keyType;
    private final String jcaName;

    SignatureAlgorithm(String keyword, String keyType, String jcaName) {
        this.keyword = keyword;
        this.keyType = keyType;
        this.jcaName = jcaName;
    }

    /**
     * The algorithm of this name.
     *
     * @param keyword as the tag {@code a=} has it
     * @return absent if there is none, or none that may be used
     */
    static Optional<SignatureAlgorithm> of(String keyword) {
        return Stream.of(values()).filter(algorithm -> algorithm.keyword.equalsIgnoreCase(keyword)).findFirst();
    }

    /** As the tag {@code a=} has it. */
    public String keyword() {
        return keyword;
    }

    /** As the tag {@code k=} of a key has it. */
    String keyType() {
        return keyType;
    }

    /**
     * Signs octets.
     *
     * @throws GeneralSecurityException if the key cannot be used
     */
    public byte[] sign(byte[] octets, PrivateKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(jcaName);
        signature.initSign(key);
        update(signature, octets, octets.length);
        return signature.sign();
    }

    /** Whether octets were signed with a key. */
    boolean verify(OctetBuffer octets, byte[] signed, PublicKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(jcaName);
        signature.initVerify(key);
        update(signature, octets.octets(), octets.size());
        return signature.verify(signed);
    }

    abstract void update(Signature signature, byte[] octets, int count) throws GeneralSecurityException;
}
