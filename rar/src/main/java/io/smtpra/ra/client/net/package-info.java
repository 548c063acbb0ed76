/**
 * The conversation with one server: commands out, replies in, each wait with an end, in plain text or through TLS.
 * Knows nothing of what the commands mean.
 *
 * <p>May use {@code .tls.client} and the API.
 */
package io.smtpra.ra.client.net;
