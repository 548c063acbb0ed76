/**
 * The outbound side of the Connectors contract: managed connection factory, managed connections, handles, and the XA
 * resource that sends at commit.
 *
 * <p>May use {@code .outbound.form}, {@code .outbound.session}, {@code .client}, {@code .client.net}, {@code .sasl},
 * {@code .message}, {@code .tls.client} and the API. Never the inbound side.
 */
package io.smtpra.ra.outbound;
