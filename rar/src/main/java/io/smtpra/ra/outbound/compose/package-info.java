/**
 * The message as octets: what a message handed over by an application looks like when it leaves, the envelope that its
 * headers tell, the place where it waits for its transaction, and the forms that next hops take it in.
 *
 * <p>A message is written by {@code MessageWriter} into {@code HeldContents}; {@code OutgoingContent} gives the octets the
 * form that a next hop takes: as they are ({@code PreparedContent}), or encoded on their way ({@code EncodedForm}).
 *
 * <p>May use {@code .client} and its {@code .net} for what those forms must be, {@code .message} and the API. Knows nothing
 * of SMTP's dialogue, nor of the Connectors contract.
 */
package io.smtpra.ra.outbound.compose;
