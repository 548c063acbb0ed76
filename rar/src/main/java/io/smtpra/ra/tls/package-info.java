/**
 * What both sides of TLS share beside certificates: parameters, the fault of a configuration, the facts of a handshake,
 * and what is made anew when its files change. Certificates and keys are in {@code .tls.material}, TLS of the listeners
 * in {@code .tls.server}, TLS of the client in {@code .tls.client}.
 *
 * <p>May use the API. Knows nothing of Netty.
 */
package io.smtpra.ra.tls;
