/**
 * Who may connect: networks, proxies, how many connections, how many failed TLS handshakes.
 *
 * <p>May use {@code .config}; knows Netty's exceptions, but not James.
 */
package io.smtpra.ra.inbound.listener.access;
