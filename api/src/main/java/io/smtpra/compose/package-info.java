/**
 * A message of Jakarta Mail as the octets that leave: {@link io.smtpra.compose.MessageWriter} writes what
 * {@code Transport.send} would have sent, {@link io.smtpra.compose.MessageEnvelope} reads the envelope that the headers
 * tell. The connection factories and the queue use them, so that a message leaves the same by either way.
 *
 * <p>This package depends on {@link io.smtpra}, {@link io.smtpra.idna}, Jakarta Mail and the JDK.
 */
package io.smtpra.compose;
