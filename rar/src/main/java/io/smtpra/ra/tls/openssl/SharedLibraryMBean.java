package io.smtpra.ra.tls.openssl;

/** The native library of TLS as an administrator sees it. By this bean the next adapter finds it. */
public interface SharedLibraryMBean {

    /**
     * Which library it is.
     *
     * @return name and version, empty if it could not be loaded
     */
    String getVersion();

    /**
     * Why it could not be loaded.
     *
     * @return the reason, empty if it is loaded
     */
    String getFault();
}
