/**
 * {@code AUTH} (RFC 4954): mechanisms, exchanges, and the guard against guessing. Who a client really is, an
 * {@code Authenticator} says.
 *
 * <p>May use {@code .argument} and the rooms below it, {@code .sasl}, and the API.
 */
package io.smtpra.ra.inbound.smtp.auth;
