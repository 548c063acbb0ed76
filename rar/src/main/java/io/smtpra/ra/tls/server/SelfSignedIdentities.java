package io.smtpra.ra.tls.server;

import io.netty.util.NetUtil;
import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TlsProperty;
import io.smtpra.ra.tls.material.Identity;
import io.smtpra.ra.tls.material.KeyMaterial;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.wildfly.security.x500.GeneralName;
import org.wildfly.security.x500.cert.BasicConstraintsExtension;
import org.wildfly.security.x500.cert.SelfSignedX509CertificateAndSigningKey;
import org.wildfly.security.x500.cert.SubjectAlternativeNamesExtension;

/**
 * Makes keys and certificates that no one vouches for. They keep eavesdroppers out, and live as long as the process:
 * hence the long validity, which no one checks either. Each is made once and kept, so that its fingerprint stays when
 * something else is read again.
 */
final class SelfSignedIdentities {

    private static final int CURVE_BITS = 256;
    private static final int VALID_YEARS = 10;
    private static final int NO_PATH_LENGTH = -1;
    /** RFC 5280, appendix A: ub-common-name. */
    private static final int MAX_COMMON_NAME = 64;

    private final Clock clock;
    private final Map<KeyMaterial.SelfSigned, Identity> made = new HashMap<>();

    SelfSignedIdentities(Clock clock) {
        this.clock = clock;
    }

    synchronized Identity of(KeyMaterial.SelfSigned material) throws TlsConfigurationException {
        Identity identity = made.get(material);
        if (identity == null) {
            identity = make(material.hostName());
            made.put(material, identity);
        }
        return identity;
    }

    /** Those that were made. */
    synchronized List<Identity> all() {
        return List.copyOf(made.values());
    }

    private Identity make(String hostName) throws TlsConfigurationException {
        ZonedDateTime now = ZonedDateTime.now(clock);
        String commonName = hostName.length() > MAX_COMMON_NAME ? hostName.substring(0, MAX_COMMON_NAME) : hostName;
        try {
            SelfSignedX509CertificateAndSigningKey made = SelfSignedX509CertificateAndSigningKey.builder()
                    .setKeyAlgorithmName("EC")
                    .setKeySize(CURVE_BITS)
                    .setSignatureAlgorithmName("SHA256withECDSA")
                    .setDn(new X500Principal("CN=" + Rdn.escapeValue(commonName)))
                    .setNotValidBefore(now.minusDays(1))
                    .setNotValidAfter(now.plusYears(VALID_YEARS))
                    .addExtension(new SubjectAlternativeNamesExtension(false, List.of(alternativeName(hostName))))
                    .addExtension(new BasicConstraintsExtension(true, false, NO_PATH_LENGTH))
                    .build();
            X509Certificate certificate = made.getSelfSignedCertificate();
            return new Identity(made.getSigningKey(), List.of(certificate));
        } catch (IllegalArgumentException e) {
            throw new TlsConfigurationException(TlsProperty.HOST_NAME, hostName,
                    "no certificate can be made for this name: " + e.getMessage(), e);
        }
    }

    private static GeneralName alternativeName(String hostName) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(hostName);
        return address == null ? new GeneralName.DNSName(hostName) : new GeneralName.IPAddress(address);
    }
}
