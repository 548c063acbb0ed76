/**
 * SMTP as a server speaks it: the Apache James handler chain with our handlers and hooks (STARTTLS, DATA and BDAT,
 * parameters, AUTH, extension switches). Hands a received mail to a {@code MailSink} and asks a {@code RecipientGate}
 * about each recipient; who they are it does not know.
 *
 * <p>May use {@code .inbound.listener}, {@code .message}, {@code .tls} and the API; knows James, but not Netty.
 */
package io.smtpra.ra.inbound.protocol;
