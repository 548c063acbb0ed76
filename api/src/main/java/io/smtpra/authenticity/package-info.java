/**
 * Who really sent a mail: what SPF, DKIM and DMARC say of it, and the way to the DNS for those who ask further.
 *
 * <p>A bean reads it from {@link io.smtpra.InboundMail#authenticity()}. The kinds of verdict are an open set: a bean
 * that asks for those it knows goes on to work when others are added.
 *
 * <p>{@code java -jar} of this archive prints the record that publishes a key for DKIM:
 * {@link io.smtpra.authenticity.DkimRecord}.
 *
 * <p>Depends on the JDK and {@code io.smtpra.idna} alone.
 */
package io.smtpra.authenticity;
