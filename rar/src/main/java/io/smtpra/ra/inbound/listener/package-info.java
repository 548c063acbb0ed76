/**
 * The listener: Netty's bind and pipeline, framing of commands and content, TLS upgrade, PROXY protocol, limits and
 * timeouts; and the James {@code ProtocolTransport} on top of it.
 *
 * <p>May use {@code .tls} and the API. Knows Netty and James. An event loop never waits here.
 */
package io.smtpra.ra.inbound.listener;
