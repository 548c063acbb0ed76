/**
 * The mail as a bean sees it: its content, readable as long as the bean's call lasts, and the parsed message.
 *
 * <p>May use {@code .inbound.smtp.content} for the mail as it was received, {@code .message}, {@code .config}
 * and the API.
 */
package io.smtpra.ra.inbound.mail;
