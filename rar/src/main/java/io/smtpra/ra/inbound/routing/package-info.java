/**
 * Who takes which recipient: the activations there are, their patterns, and what their beans are asked about addresses.
 *
 * <p>May use {@code .inbound.work} to ask beans on the server's threads, {@code .inbound.smtp} for what a session
 * asks here, {@code .config}, {@code .server} and the API.
 */
package io.smtpra.ra.inbound.routing;
