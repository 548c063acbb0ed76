/**
 * Framing: octets in, command lines and content out. A line ends in CRLF and in nothing else (RFC 5321 section 2.3.8).
 *
 * <p>Uses no other room, and knows neither Netty nor James.
 */
package io.smtpra.ra.inbound.listener.framing;
