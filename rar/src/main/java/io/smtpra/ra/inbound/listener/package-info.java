/**
 * The listener: Netty's bind and pipeline, TLS upgrade, limits and timeouts; and the James {@code ProtocolTransport} on
 * top of it. Octets become lines and content in {@code .framing}; who may connect is told by {@code .access};
 * what the listener asks of the protocol that it speaks, and what that may ask of it, is in {@code .protocol}.
 *
 * <p>May use the rooms within it, {@code .inbound.smtp.reply}, {@code .tls.server}, {@code .config}, {@code .server}
 * and the API. Knows Netty and James. An event loop never waits here.
 */
package io.smtpra.ra.inbound.listener;
