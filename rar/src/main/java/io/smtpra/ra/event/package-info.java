/**
 * The way of events to those who want to hear them: message-driven beans that implement
 * {@link io.smtpra.event.SmtpEventListener}, each activation with a bounded queue of its own, and the log.
 *
 * <p>{@code Events} in {@code .telemetry} is where the other rooms tell them; none of those knows this one.
 *
 * <p>May use {@code .inbound.work} for the server's threads, {@code .server}, {@code .config} and the API.
 */
package io.smtpra.ra.event;
