package io.smtpra.ra.tls.material;

import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TlsProperty;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The textual encoding of certificates and keys (RFC 7468). What stands outside the blocks is ignored.
 *
 * @param path the file
 * @param property the property that names it
 * @param blocks its blocks in their order
 */
record PemFile(Path path, TlsProperty property, List<Block> blocks) {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final Set<String> CERTIFICATE_LABELS = Set.of("CERTIFICATE", "X509 CERTIFICATE");

    /**
     * One block.
     *
     * @param label between BEGIN and the dashes
     * @param encryptedByHeader whether it has the header of OpenSSL's own, older encryption (RFC 1421)
     * @param der what is in it
     */
    record Block(String label, boolean encryptedByHeader, byte[] der) {
    }

    static PemFile read(Path path, TlsProperty property) throws TlsConfigurationException {
        String text = new String(MaterialFile.read(path, property), StandardCharsets.ISO_8859_1);
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(block(path, property, matcher.group(1), matcher.group(2)));
        }
        return new PemFile(path, property, List.copyOf(blocks));
    }

    List<X509Certificate> certificates() throws TlsConfigurationException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks) {
            if (CERTIFICATE_LABELS.contains(block.label())) {
                certificates.add(certificate(block.der()));
            }
        }
        if (certificates.isEmpty()) {
            throw fault("there is no certificate in the file (no -----BEGIN CERTIFICATE-----)", null);
        }
        return List.copyOf(certificates);
    }

    Optional<Block> firstKey() {
        return blocks.stream().filter(block -> block.label().endsWith("PRIVATE KEY")).findFirst();
    }

    TlsConfigurationException fault(String reason, Throwable cause) {
        return new TlsConfigurationException(property, path.toString(), reason, cause);
    }

    private X509Certificate certificate(byte[] der) throws TlsConfigurationException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw fault("a certificate in the file can't be read: " + e.getMessage(), e);
        }
    }

    private static Block block(Path path, TlsProperty property, String label, String body)
            throws TlsConfigurationException {
        boolean encrypted = body.contains("ENCRYPTED");
        if (encrypted) {
            return new Block(label, true, new byte[0]);
        }
        try {
            return new Block(label, false, Base64.getMimeDecoder().decode(body));
        } catch (IllegalArgumentException e) {
            throw new TlsConfigurationException(property, path.toString(),
                    "the block " + label + " is not base64", e);
        }
    }
}
