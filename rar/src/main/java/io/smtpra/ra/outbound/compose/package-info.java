/**
 * The message as octets: what a message handed over by an application looks like when it leaves, the envelope that its
 * headers tell, and the place where it waits for its transaction.
 *
 * <p>A message is written by {@code MessageWriter} into {@code HeldContents}.
 *
 * <p>May use {@code .outbound.form}, {@code .message} and the API. Knows nothing of SMTP's dialogue, nor of the
 * Connectors contract.
 */
package io.smtpra.ra.outbound.compose;
