/**
 * The content of a mail, from {@code DATA} or {@code BDAT} to its fate.
 *
 * <p>May use {@code .auth} and the rooms below it, {@code .inbound.listener.protocol}, {@code .message} and the API.
 */
package io.smtpra.ra.inbound.smtp.content;
