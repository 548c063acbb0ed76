/**
 * What a connection factory is configured to do: its strings read into typed values, once, with one message for all
 * that is wrong with them.
 *
 * <p>May use {@code .outbound.relay}, {@code .authenticity.dkim.sign}, {@code .client} with its
 * {@code .transfer} and {@code .net}, {@code .sasl}, {@code .tls}, {@code .tls.material}, {@code .tls.client},
 * {@code .config} and the API.
 */
package io.smtpra.ra.outbound.settings;
