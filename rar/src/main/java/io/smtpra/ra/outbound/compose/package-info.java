/**
 * The message as octets: what a message handed over by an application looks like when it leaves, the envelope that its
 * headers tell, the place where it waits for its transaction, and the forms that next hops take it in.
 *
 * <p>May use {@code .client} and its {@code .net}, {@code .message} and the API. Knows nothing of SMTP's dialogue, nor of the Connectors contract.
 */
package io.smtpra.ra.outbound.compose;
