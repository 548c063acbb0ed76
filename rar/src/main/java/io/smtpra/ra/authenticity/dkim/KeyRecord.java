package io.smtpra.ra.authenticity.dkim;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.wildfly.security.asn1.ASN1;
import org.wildfly.security.asn1.ASN1Exception;
import org.wildfly.security.asn1.DERDecoder;

/**
 * A key as its domain publishes it (RFC 6376 section 3.6.1, RFC 8463 section 4).
 *
 * @param algorithm what it is for
 * @param key the key
 * @param bits its length
 * @param testing whether the domain is only trying
 * @param strict whether it is not for subdomains
 */
record KeyRecord(SignatureAlgorithm algorithm, PublicKey key, int bits, boolean testing, boolean strict) {

    /** RFC 8301 section 3.2. */
    private static final int LEAST_BITS = 1_024;
    /** What checking with a longer one costs, nobody has to pay for a stranger. */
    private static final int MOST_BITS = 4_096;
    private static final int MOST_EXPONENT_BITS = 64;
    /** Before the 32 octets of a key of Ed25519 (RFC 8410 section 4). */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int ED25519_OCTETS = 32;
    private static final int ED25519_BITS = 256;

    static KeyRecord parse(String text) throws DkimFault {
        TagList tags;
        byte[] key;
        try {
            tags = TagList.parse(text);
            key = TagList.base64("p", tags.get("p").orElse(""));
        } catch (DkimFault e) {
            throw DkimFault.permanent("its key cannot be read: " + e.getMessage());
        }
        Optional<String> version = tags.get("v");
        if (version.isPresent() && (!version.get().equals("DKIM1") || !tags.first().equals(Optional.of("v")))) {
            throw DkimFault.permanent("the record of its key is no key of DKIM");
        }
        if (key.length == 0) {
            throw DkimFault.permanent(tags.get("p").isPresent()
                    ? "its key has been revoked" : "the record of its key has no key");
        }
        checkPurpose(tags);
        boolean testing = names(tags.get("t"), "y", false);
        boolean strict = names(tags.get("t"), "s", false);
        String type = tags.get("k").orElse("rsa");
        if (type.equalsIgnoreCase(SignatureAlgorithm.RSA.keyType())) {
            RSAPublicKey rsa = rsa(key);
            return new KeyRecord(SignatureAlgorithm.RSA, rsa, rsa.getModulus().bitLength(), testing, strict);
        }
        if (type.equalsIgnoreCase(SignatureAlgorithm.ED25519.keyType())) {
            return new KeyRecord(SignatureAlgorithm.ED25519, ed25519(key), ED25519_BITS, testing, strict);
        }
        throw DkimFault.permanent("its key is of a kind that is not known");
    }

    private static void checkPurpose(TagList tags) throws DkimFault {
        if (!names(tags.get("h"), "sha256", true)) {
            throw DkimFault.permanent("its key is not for sha256");
        }
        if (!names(tags.get("s"), "email", true) && !names(tags.get("s"), "*", true)) {
            throw DkimFault.permanent("its key is not for mail");
        }
    }

    /** Whether it may be used for a signature. */
    void check(SignatureTags signature) throws DkimFault {
        if (signature.algorithm() != algorithm) {
            throw DkimFault.permanent("its key is of another kind than its algorithm");
        }
        if (algorithm == SignatureAlgorithm.RSA && bits < LEAST_BITS) {
            throw DkimFault.permanent("its key has " + bits + " bits, and must have " + LEAST_BITS + " (RFC 8301)");
        }
        String identity = signature.identity();
        if (strict && !identity.substring(identity.lastIndexOf('@') + 1).equals(signature.domain())) {
            throw DkimFault.permanent("its key is not for subdomains, as i= is one");
        }
    }

    private static boolean names(Optional<String> list, String word, boolean ifAbsent) {
        return list.map(words -> Arrays.stream(words.split(":")).anyMatch(w -> w.trim().equalsIgnoreCase(word)))
                .orElse(ifAbsent);
    }

    private static PublicKey ed25519(byte[] key) throws DkimFault {
        if (key.length != ED25519_OCTETS) {
            throw DkimFault.permanent("its key is damaged");
        }
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(
                    ByteBuffer.allocate(ED25519_PREFIX.length + key.length).put(ED25519_PREFIX).put(key).array()));
        } catch (GeneralSecurityException e) {
            throw DkimFault.permanent("its key is damaged");
        }
    }

    /** As X.509 has keys, which is how all are published, or bare, as PKCS#1 has them and the RFC's grammar. */
    private static RSAPublicKey rsa(byte[] der) throws DkimFault {
        try {
            KeySpec spec = bare(der).<KeySpec>map(numbers -> numbers).orElseGet(() -> new X509EncodedKeySpec(der));
            if (KeyFactory.getInstance("RSA").generatePublic(spec) instanceof RSAPublicKey key) {
                if (key.getModulus().bitLength() > MOST_BITS
                        || key.getPublicExponent().bitLength() > MOST_EXPONENT_BITS) {
                    throw DkimFault.permanent("its key is longer than " + MOST_BITS + " bits");
                }
                return key;
            }
        } catch (GeneralSecurityException | ASN1Exception e) {
            // Told below.
        }
        throw DkimFault.permanent("its key is damaged");
    }

    private static Optional<RSAPublicKeySpec> bare(byte[] der) {
        DERDecoder decoder = new DERDecoder(der);
        decoder.startSequence();
        return decoder.peekType() == ASN1.INTEGER_TYPE
                ? Optional.of(new RSAPublicKeySpec(decoder.decodeInteger(), decoder.decodeInteger()))
                : Optional.empty();
    }
}
