/**
 * Who a client is: the server's security domain is asked about passwords, proofs and tokens, and certificates are read.
 *
 * <p>May use {@code .inbound.work} to ask on the server's threads, {@code .inbound.smtp} for what a session asks here,
 * {@code .server}, {@code .config} and the API.
 */
package io.smtpra.ra.inbound.users;
