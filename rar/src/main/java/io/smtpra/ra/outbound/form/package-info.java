/**
 * The form in which the octets of a mail leave: as they are where the next hop takes that, with line ends repaired and
 * dots stuffed; or encoded on their way, as far as they must be.
 *
 * <p>{@code HeldContents} takes the octets over from the application; {@code OutgoingContent} looks through them and
 * chooses: {@code PreparedContent} or {@code EncodedForm}.
 *
 * <p>May use {@code .client} and its {@code .net}, whose interfaces it serves, {@code .message} and the API.
 */
package io.smtpra.ra.outbound.form;
