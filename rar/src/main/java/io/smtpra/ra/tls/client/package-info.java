/**
 * TLS of the SMTP client, which is the JDK's: when it is spoken, its handshake, and the check of servers' certificates.
 *
 * <p>May use {@code .tls}, {@code .tls.material} and the API. Knows nothing of Netty; never {@code .tls.server}.
 */
package io.smtpra.ra.tls.client;
