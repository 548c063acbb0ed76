/**
 * What is known of one connection: where it stands, the mail in the making, what it has used up of its budget; the log
 * lines about it, and the last word on each answer.
 *
 * <p>May use {@code .rules}, {@code .reply}, {@code .inbound.listener.protocol}, {@code .tls.server} and the API.
 */
package io.smtpra.ra.inbound.smtp.session;
