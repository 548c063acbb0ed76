/**
 * TLS of the listeners: who is offered it, the handlers of connections, and the check of clients' certificates.
 *
 * <p>May use {@code .tls}, {@code .tls.material}, {@code .tls.openssl}, {@code .config} and the API. Knows Netty's
 * TLS, beside the listener alone; never {@code .tls.client}.
 */
package io.smtpra.ra.tls.server;
