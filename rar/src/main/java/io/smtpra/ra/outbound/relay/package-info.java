/**
 * A next hop: which recipient goes where, the sessions that are kept and used again, the hosts that rest after a
 * failure, what becomes of each mail, and the log of it. Knows nothing of pools and transactions; a session is lent to
 * it.
 *
 * <p>May use {@code .outbound.form}, {@code .authenticity.dkim.sign}, {@code .client} with its {@code .transfer} and
 * {@code .net}, {@code .sasl}, {@code .message}, {@code .tls.client} and the API.
 */
package io.smtpra.ra.outbound.relay;
