package io.smtpra.ra.tls.material;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The DNS names that a certificate is for, and whether a host's name is one of them (RFC 6125, section 6.4). */
final class CertificateNames {

    private static final int DNS_NAME = 2;

    private final List<String> names;

    private CertificateNames(List<String> names) {
        this.names = names;
    }

    static CertificateNames of(X509Certificate certificate) {
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            return new CertificateNames(alternatives == null ? List.of() : alternatives.stream()
                    .filter(entry -> entry.get(0).equals(DNS_NAME))
                    .map(entry -> entry.get(1).toString().toLowerCase(Locale.ROOT)).toList());
        } catch (CertificateParsingException e) {
            return new CertificateNames(List.of());
        }
    }

    boolean hasExactly(String host) {
        return names.contains(host.toLowerCase(Locale.ROOT));
    }

    /** A wildcard stands for one whole label, the leftmost. */
    boolean coversByWildcard(String host) {
        int dot = host.indexOf('.');
        return dot > 0 && names.contains("*" + host.substring(dot).toLowerCase(Locale.ROOT));
    }
}
