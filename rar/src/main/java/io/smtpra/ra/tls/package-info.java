/**
 * Key and trust material, its reload, TLS policies, and the facts of a handshake; for both sides.
 *
 * <p>May use the API, config and server. Knows Netty's TLS, beside the listener alone.
 */
package io.smtpra.ra.tls;
