/**
 * What stands in a command line, taken apart strictly: the line, the path of {@code MAIL} and {@code RCPT}, their
 * parameters.
 *
 * <p>May use {@code .session} and the rooms below it, and the API.
 */
package io.smtpra.ra.inbound.smtp.argument;
