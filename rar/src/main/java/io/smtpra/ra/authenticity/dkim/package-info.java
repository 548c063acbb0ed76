/**
 * Signatures of DKIM (RFC 6376, 8301, 8463): the forms in which header and body are signed, how a signature and a key
 * are read, and what a signature is worth. To make them is the business of {@code .sign}.
 *
 * <p>{@code SignatureVerifier} reads a mail once, for all of its signatures.
 *
 * <p>May use {@code .authenticity}, of which it serves an interface, and the API.
 */
package io.smtpra.ra.authenticity.dkim;
