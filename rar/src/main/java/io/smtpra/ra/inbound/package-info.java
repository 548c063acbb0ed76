/**
 * Mail from the protocol to the beans: activations, the routing of recipients to them, the delivery of one mail in one
 * transaction, and the reply for each outcome.
 *
 * <p>May use {@code .inbound.mail}, {@code .inbound.smtp}, {@code .inbound.listener}, {@code .message},
 * {@code .tls}, {@code .server} and the API. Never the outbound side.
 */
package io.smtpra.ra.inbound;
