/**
 * What a protocol and the listener that speaks it say to each other: answers that come later or make the listener read
 * content, who is told of faulty lines and of handshakes, and what the protocol may ask of its connection.
 *
 * <p>May use {@code .framing}, {@code .inbound.smtp.reply}, {@code .telemetry} and the API. Knows James.
 */
package io.smtpra.ra.inbound.listener.protocol;
