/**
 * Key and trust material, its reload, TLS policies, and the facts of a handshake; for both sides. The server's side,
 * {@code ServerTls} and what makes its handlers, is Netty's; the client's, {@code ClientTls}, and what both share know
 * nothing of Netty.
 *
 * <p>May use the API, config and server. Knows Netty's TLS, beside the listener alone.
 */
package io.smtpra.ra.tls;
