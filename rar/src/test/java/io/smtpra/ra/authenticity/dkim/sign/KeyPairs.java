package io.smtpra.ra.authenticity.dkim.sign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;

/** Keys for signing, as files have them and as the DNS has them. */
public final class KeyPairs {

    /** One of each kind; to make one takes time. */
    public static final KeyPair RSA = rsa(2_048);
    public static final KeyPair ED25519 = ed25519();

    private static final int ED25519_PREFIX = 12;

    private KeyPairs() {}

    public static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static KeyPair ed25519() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A PEM file of PKCS#8. */
    public static Path write(KeyPair pair, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n");
    }

    /** The record to publish. */
    public static String record(KeyPair pair) {
        byte[] octets = pair.getPublic().getEncoded();
        boolean rsa = pair.getPublic().getAlgorithm().equals("RSA");
        return rsa ? "v=DKIM1; k=rsa; p=" + Base64.getEncoder().encodeToString(octets)
                : "v=DKIM1; k=ed25519; p=" + Base64.getEncoder().encodeToString(
                        Arrays.copyOfRange(octets, ED25519_PREFIX, octets.length));
    }
}
