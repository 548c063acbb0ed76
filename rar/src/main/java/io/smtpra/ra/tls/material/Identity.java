package io.smtpra.ra.tls.material;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A private key and the certificate chain that goes with it.
 *
 * @param key the key
 * @param chain the chain, the key's own certificate first
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {

    private static final byte[] PROBE = {1, 2, 3, 4};

    /** Copies the chain. */
    public Identity {
        chain = List.copyOf(chain);
    }

    /**
     * The key's own certificate.
     *
     * @return the first of the chain
     */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /**
     * Why BoringSSL can't use these keys.
     *
     * @param identities whose keys
     * @return the reason, to stand behind the library's name; absent if it can
     */
    public static Optional<String> openSslObjection(List<Identity> identities) {
        return identities.stream().filter(identity -> !identity.isPlain()).findFirst()
                .map(identity -> "can't use the key of " + identity
                        + ", which is neither RSA nor EC or does not leave its key store");
    }

    private boolean isPlain() {
        return key.getEncoded() != null && (keyType().equals("RSA") || keyType().equals("EC"));
    }

    String keyType() {
        return certificate().getPublicKey().getAlgorithm();
    }

    Instant expires() {
        return certificate().getNotAfter().toInstant();
    }

    Instant validFrom() {
        return certificate().getNotBefore().toInstant();
    }

    /** Whether what the key signs can be verified with the certificate. */
    boolean matches() {
        return verifies(certificate().getPublicKey());
    }

    /** Whether the key belongs to another certificate of the chain than the first. */
    boolean matchesAnother() {
        return chain.stream().skip(1).anyMatch(other -> verifies(other.getPublicKey()));
    }

    private boolean verifies(PublicKey publicKey) {
        if (!publicKey.getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(signatureAlgorithm());
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private String signatureAlgorithm() {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }

    @Override
    public String toString() {
        return certificate().getSubjectX500Principal().getName();
    }
}
