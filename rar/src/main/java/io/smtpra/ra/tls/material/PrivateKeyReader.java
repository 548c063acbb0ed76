package io.smtpra.ra.tls.material;

import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TlsProperty;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.wildfly.security.asn1.ASN1Exception;
import org.wildfly.security.asn1.DERDecoder;
import org.wildfly.security.asn1.DEREncoder;

/** Private keys out of PEM blocks: PKCS#8 (RFC 5958), encrypted or not, PKCS#1 (RFC 8017) and SEC 1 (RFC 5915). */
public final class PrivateKeyReader {

    private static final String RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
    private static final String EC_PUBLIC_KEY = "1.2.840.10045.2.1";
    private static final String PBES2 = "1.2.840.113549.1.5.13";
    private static final int CONTEXT_ZERO = 0xa0;
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private final PemFile file;
    private final Optional<String> password;

    PrivateKeyReader(PemFile file, Optional<String> password) {
        this.file = file;
        this.password = password;
    }

    /**
     * A key that needs no password.
     *
     * @param path the PEM file
     * @param property the property that names it
     * @return the first key in the file
     * @throws TlsConfigurationException if there is none, or none that can be read
     */
    public static PrivateKey read(Path path, TlsProperty property) throws TlsConfigurationException {
        return new PrivateKeyReader(PemFile.read(path, property), Optional.empty()).read();
    }

    PrivateKey read() throws TlsConfigurationException {
        PemFile.Block block = file.firstKey().orElseThrow(() ->
                file.fault("there is no private key in the file (no -----BEGIN PRIVATE KEY-----)", null));
        if (block.encryptedByHeader()) {
            throw file.fault("the key is encrypted in OpenSSL's own, weak format; convert it with: "
                    + "openssl pkcs8 -topk8 -v2 aes256 -in " + file.path() + " -out NEWFILE", null);
        }
        return switch (block.label()) {
            case "PRIVATE KEY" -> key(new PKCS8EncodedKeySpec(block.der()));
            case "RSA PRIVATE KEY" -> key(fromPkcs1(block.der()));
            case "EC PRIVATE KEY" -> key(fromSec1(block.der()));
            case "ENCRYPTED PRIVATE KEY" -> key(decrypted(block.der()));
            default -> throw file.fault("a key of the kind " + block.label() + " is not supported, only RSA, EC and "
                    + "Ed25519; convert it with: openssl pkcs8 -topk8 -nocrypt -in " + file.path() + " -out NEWFILE",
                    null);
        };
    }

    private PrivateKey key(KeySpec pkcs8) throws TlsConfigurationException {
        InvalidKeySpecException last = null;
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(pkcs8);
            } catch (InvalidKeySpecException e) {
                last = e;
            } catch (NoSuchAlgorithmException e) {
                // this JVM goes without it; another may do
            }
        }
        throw file.fault("the private key is damaged, or of another kind than RSA, EC and Ed25519", last);
    }

    private static PKCS8EncodedKeySpec fromPkcs1(byte[] pkcs1) {
        DEREncoder algorithm = new DEREncoder();
        algorithm.startSequence();
        algorithm.encodeObjectIdentifier(RSA_ENCRYPTION);
        algorithm.encodeNull();
        algorithm.endSequence();
        return pkcs8(algorithm.getEncoded(), pkcs1);
    }

    /** SEC 1 keeps the curve within the key, PKCS#8 before it. */
    private PKCS8EncodedKeySpec fromSec1(byte[] sec1) throws TlsConfigurationException {
        try {
            DERDecoder decoder = new DERDecoder(sec1);
            decoder.startSequence();
            decoder.skipElement();
            decoder.skipElement();
            if (!decoder.hasNextElement() || decoder.peekType() != CONTEXT_ZERO) {
                throw file.fault("the EC key does not name its curve", null);
            }
            byte[] curve = decoder.drainElementValue();
            DEREncoder algorithm = new DEREncoder();
            algorithm.startSequence();
            algorithm.encodeObjectIdentifier(EC_PUBLIC_KEY);
            algorithm.writeEncoded(curve);
            algorithm.endSequence();
            return pkcs8(algorithm.getEncoded(), sec1);
        } catch (ASN1Exception e) {
            throw file.fault("the private key is damaged", e);
        }
    }

    private static PKCS8EncodedKeySpec pkcs8(byte[] algorithm, byte[] key) {
        DEREncoder encoder = new DEREncoder();
        encoder.startSequence();
        encoder.encodeInteger(BigInteger.ZERO);
        encoder.writeEncoded(algorithm);
        encoder.encodeOctetString(key);
        encoder.endSequence();
        return new PKCS8EncodedKeySpec(encoder.getEncoded());
    }

    private KeySpec decrypted(byte[] der) throws TlsConfigurationException {
        String secret = password.orElseThrow(() -> new TlsConfigurationException(TlsProperty.PRIVATE_KEY_PASSWORD, "",
                "the private key in " + file.path() + " is encrypted: set its password"));
        PBEKeySpec keySpec = new PBEKeySpec(secret.toCharArray());
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
            Cipher cipher = cipher(info, keySpec);
            return info.getKeySpec(cipher);
        } catch (InvalidKeyException | InvalidKeySpecException e) {
            throw new TlsConfigurationException(TlsProperty.PRIVATE_KEY_PASSWORD, "",
                    "this is not the password of the private key in " + file.path(), e);
        } catch (IOException | GeneralSecurityException e) {
            throw file.fault("the private key is damaged, or encrypted in a way that this JVM does not know ("
                    + e.getMessage() + "); convert it with: openssl pkcs8 -topk8 -v2 aes256 -in " + file.path()
                    + " -out NEWFILE", e);
        } finally {
            keySpec.clearPassword();
        }
    }

    private static Cipher cipher(EncryptedPrivateKeyInfo info, PBEKeySpec keySpec) throws GeneralSecurityException {
        AlgorithmParameters parameters = info.getAlgParameters();
        if (parameters == null) {
            throw new NoSuchAlgorithmException(info.getAlgName());
        }
        // Of PBES2 the JVM tells the algorithm only as the parameters' text.
        boolean pbes2 = info.getAlgName().equals("PBES2") || info.getAlgName().equals(PBES2);
        String algorithm = pbes2 ? parameters.toString() : info.getAlgName();
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(Cipher.DECRYPT_MODE, SecretKeyFactory.getInstance(algorithm).generateSecret(keySpec), parameters);
        return cipher;
    }
}
