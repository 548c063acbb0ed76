/**
 * The form in which the octets of a mail leave: as they are where the next hop takes that, with line ends repaired and
 * dots stuffed; or encoded on their way, as far as they must be; and with a signature before them.
 *
 * <p>{@code HeldContents} takes the octets over from the application; {@code OutgoingContent} looks through them and
 * chooses: {@code PreparedContent} or {@code EncodedForm}, and {@code SignedForm} around it.
 *
 * <p>May use {@code .client.transfer} and {@code .client.net}, whose interfaces it serves, {@code .message},
 * {@code .authenticity.dkim} and its {@code .sign}, and the API.
 */
package io.smtpra.ra.outbound.form;
