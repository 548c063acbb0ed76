package io.smtpra.ra.outbound;

import io.smtpra.ra.tls.client.ClientTls;

/** What a resource adapter lends to its connection factories: an eye on their certificates. */
public interface CertificateRegister {

    /**
     * Has an eye on it from now on, as long as somebody uses it.
     *
     * @param tls what the connections of a factory use
     */
    void register(ClientTls tls);
}
