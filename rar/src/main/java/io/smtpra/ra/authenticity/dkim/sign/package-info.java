/**
 * Signing with DKIM what leaves (RFC 6376 section 5): which keys there are, who signs for which domain, what is signed.
 *
 * <p>{@code SigningKeys} tells who signs a mail; {@code SigningPass} takes its octets; {@code SignatureDraft} is what
 * comes out.
 *
 * <p>May use {@code .authenticity.dkim}, {@code .tls} and its {@code .material} for the files of keys, and the API.
 */
package io.smtpra.ra.authenticity.dkim.sign;
