/**
 * SMTP as a server speaks it: the Apache James handler chain, that is the list of handlers, the dispatcher and the
 * rules of order. Hands a received mail to a {@code MailSink} and asks a {@code RecipientGate} about each recipient;
 * who they are it does not know.
 *
 * <p>May use the rooms within it, {@code .inbound.listener.protocol}, {@code .message}, {@code .tls.server} and the
 * API; knows James, but not Netty. The rooms within it stand on one another in this order: {@code .command}, {@code
 * .hook}, {@code .hosting}, {@code .content}, {@code .auth}, {@code .argument}, {@code .session}, {@code .rules}, {@code .reply}; each uses only what
 * follows.
 */
package io.smtpra.ra.inbound.smtp;
