/**
 * Keys, certificates and trusted certificates: where they come from, how they are read and checked, which of several is
 * shown, and when they expire; for both sides.
 *
 * <p>May use {@code .tls}, {@code .config}, {@code .server} and the API. Knows nothing of Netty.
 */
package io.smtpra.ra.tls.material;
