/**
 * How this server speaks SMTP, as data: its configuration, and the command table.
 *
 * <p>May use {@code .reply}, {@code .tls.server} and the API.
 */
package io.smtpra.ra.inbound.smtp.rules;
