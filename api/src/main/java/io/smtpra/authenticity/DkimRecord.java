package io.smtpra.authenticity;

import io.smtpra.idna.DomainName;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The TXT record that publishes a key for DKIM (RFC 6376 section 3.6.1, RFC 8463 section 4).
 *
 * @param name where it stands, as {@code s1._domainkey.example.com}
 * @param text what it says, as {@code v=DKIM1; k=rsa; p=…}
 */
public record DkimRecord(String name, String text) {

    /** The longest string of a TXT record (RFC 1035 section 3.3.14); a longer text is several of them. */
    private static final int MAX_STRING = 255;
    private static final int MAX_FILE = 64 * 1_024;

    private static final Pattern PEM = Pattern.compile(
            "-----BEGIN (PRIVATE|RSA PRIVATE|PUBLIC) KEY-----([A-Za-z0-9+/=\\s]+)-----END \\1 KEY-----");
    /** What PKCS#8 (RFC 5958) has before a key of PKCS#1: its version, and the algorithm RSA. */
    private static final byte[] RSA_ALGORITHM = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");
    private static final int RAW_ED25519 = 32;

    /** Refuses nulls. */
    public DkimRecord {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(text, "text");
    }

    /**
     * The record of a key.
     *
     * @param domain that signs, as {@code example.com}
     * @param selector the name of the key, as {@code s1}
     * @param key a PEM file: the private key (RSA in PKCS#8 or PKCS#1, Ed25519 in PKCS#8), or the public one; at most
     *     64 KiB
     * @return the record
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if there is no such key in it, or domain or selector are none; it says which
     */
    public static DkimRecord of(String domain, String selector, Path key) throws IOException {
        String name = name(selector, "selector") + "._domainkey." + name(domain, "domain");
        if (Files.size(key) > MAX_FILE) {
            throw new IllegalArgumentException(key + " is larger than any key");
        }
        PublicKey publicKey = publicKey(Files.readString(key, StandardCharsets.ISO_8859_1));
        byte[] encoded = publicKey.getEncoded();
        if (publicKey.getAlgorithm().equals("RSA")) {
            return new DkimRecord(name, "v=DKIM1; k=rsa; p=" + Base64.getEncoder().encodeToString(encoded));
        }
        // RFC 8463 section 4: the bare key, which is the end of what X.509 has.
        byte[] raw = Arrays.copyOfRange(encoded, encoded.length - RAW_ED25519, encoded.length);
        return new DkimRecord(name, "v=DKIM1; k=ed25519; p=" + Base64.getEncoder().encodeToString(raw));
    }

    /**
     * The record as a zone file has it (RFC 1035 section 5.1).
     *
     * @return one line: name, type, and the text in strings of at most 255 octets
     */
    public String zoneLine() {
        StringBuilder line = new StringBuilder(name).append(". IN TXT (");
        for (int from = 0; from < text.length(); from += MAX_STRING) {
            line.append(" \"").append(text, from, Math.min(text.length(), from + MAX_STRING)).append('"');
        }
        return line.append(" )").toString();
    }

    private static String name(String text, String what) {
        try {
            return DomainName.parse(text).ascii();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("This is no " + what + ": '" + text + "'", e);
        }
    }

    private static PublicKey publicKey(String pem) {
        Matcher matcher = PEM.matcher(pem);
        if (!matcher.find()) {
            throw new IllegalArgumentException("There is no key that needs no password in the file: expected is "
                    + "-----BEGIN PRIVATE KEY-----, -----BEGIN RSA PRIVATE KEY----- or -----BEGIN PUBLIC KEY-----");
        }
        byte[] der = Base64.getMimeDecoder().decode(matcher.group(2));
        for (String algorithm : List.of("RSA", "Ed25519")) {
            try {
                KeyFactory factory = KeyFactory.getInstance(algorithm);
                return switch (matcher.group(1)) {
                    case "PUBLIC" -> factory.generatePublic(new X509EncodedKeySpec(der));
                    case "PRIVATE" -> publicKey(factory.generatePrivate(new PKCS8EncodedKeySpec(der)));
                    default -> publicKey(factory.generatePrivate(new PKCS8EncodedKeySpec(fromPkcs1(der))));
                };
            } catch (GeneralSecurityException e) {
                // Perhaps it is one of the other kind.
            }
        }
        throw new IllegalArgumentException("The key is damaged, or of another kind than RSA and Ed25519");
    }

    private static PublicKey publicKey(PrivateKey key) throws GeneralSecurityException {
        if (key instanceof RSAPrivateCrtKey rsa) {
            BigInteger modulus = rsa.getModulus();
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(modulus, rsa.getPublicExponent()));
        }
        byte[] seed = ((EdECPrivateKey) key).getBytes()
                .orElseThrow(() -> new GeneralSecurityException("The key does not show itself"));
        // The JDK makes a public key only together with a private one: that is made of just these octets.
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] octets) {
                System.arraycopy(seed, 0, octets, 0, octets.length);
            }
        });
        return generator.generateKeyPair().getPublic();
    }

    private static byte[] fromPkcs1(byte[] pkcs1) {
        return der(0x30, RSA_ALGORITHM, der(0x04, new byte[0], pkcs1));
    }

    /** An element of DER whose length takes two octets, as that of every key in use does. */
    private static byte[] der(int type, byte[] head, byte[] content) {
        int length = head.length + content.length;
        return ByteBuffer.allocate(length + 4).put((byte) type).put((byte) 0x82).putShort((short) length)
                .put(head).put(content).array();
    }
}
