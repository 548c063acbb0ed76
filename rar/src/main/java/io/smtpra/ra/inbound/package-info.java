/**
 * What a message-driven bean says about the mail that it wants. The rooms below have the way of that mail to it.
 *
 * <p>May use {@code .inbound.routing} for what its properties are read into, {@code .config} and {@code .server}.
 */
package io.smtpra.ra.inbound;
