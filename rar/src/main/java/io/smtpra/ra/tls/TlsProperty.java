package io.smtpra.ra.tls;

/** The properties that a fault of TLS configuration can lie in, the same on both sides of the adapter. */
public enum TlsProperty {
    /** PEM file of the certificate chain. */
    CERTIFICATE_FILE("certificateFile"),
    /** PEM file of the private key. */
    PRIVATE_KEY_FILE("privateKeyFile"),
    /** Password of an encrypted PEM key. */
    PRIVATE_KEY_PASSWORD("privateKeyPassword"),
    /** Key store with keys. */
    KEY_STORE_PATH("keyStorePath"),
    /** Type of the key store. */
    KEY_STORE_TYPE("keyStoreType"),
    /** Password of the key store and of its keys. */
    KEY_STORE_PASSWORD("keyStorePassword"),
    /** Which key of the key store. */
    KEY_ALIAS("keyAlias"),
    /** An SSL context that the server gives. */
    SSL_CONTEXT("sslContext"),
    /** PEM file of trusted certificates. */
    TRUSTED_CERTIFICATES_FILE("trustedCertificatesFile"),
    /** Key store with trusted certificates. */
    TRUST_STORE_PATH("trustStorePath"),
    /** Type of the trust store. */
    TRUST_STORE_TYPE("trustStoreType"),
    /** Password of the trust store. */
    TRUST_STORE_PASSWORD("trustStorePassword"),
    /** The host's own name, where a certificate is made for it. */
    HOST_NAME("hostName"),
    /** Whether clients are asked for certificates. */
    CLIENT_CERTIFICATES("clientCertificates"),
    /** For what purpose they must have been issued. */
    CLIENT_CERTIFICATE_PURPOSE("clientCertificatePurpose"),
    /** Protocol versions. */
    TLS_PROTOCOLS("tlsProtocols"),
    /** Cipher suites. */
    TLS_CIPHERS("tlsCiphers"),
    /** PEM files of keys that sign what leaves. */
    DKIM_KEY_FILE("dkimKeyFile"),
    /** Directory of such keys, by domain. */
    DKIM_DIRECTORY("dkimDirectory"),
    /** Whose TLS implementation. */
    TLS_PROVIDER("tlsProvider"),
    /** Keys of session tickets. */
    TLS_TICKET_KEY_FILE("tlsTicketKeyFile");

    private final String propertyName;

    TlsProperty(String propertyName) {
        this.propertyName = propertyName;
    }

    /**
     * The property's name.
     *
     * @return the name, as it stands in the configuration
     */
    public String propertyName() {
        return propertyName;
    }
}
