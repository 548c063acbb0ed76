/**
 * SASL (RFC 4422): mechanisms, credentials, and what binds an exchange to its TLS channel. Knows nothing of SMTP.
 *
 * <p>May use the API.
 */
package io.smtpra.ra.sasl;
