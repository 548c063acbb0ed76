/**
 * TLS of the SMTP client: when it is spoken, the engines of its connections, and the check of servers'
 * certificates.
 *
 * <p>May use {@code .tls}, {@code .tls.material}, {@code .tls.openssl} and the API. Knows nothing of Netty; never
 * {@code .tls.server}.
 */
package io.smtpra.ra.tls.client;
