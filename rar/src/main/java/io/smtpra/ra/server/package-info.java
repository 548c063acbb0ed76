/**
 * What the server manages and a resource adapter may use by its name: SSL contexts and security domains. The only room
 * that knows a particular server.
 *
 * <p>May use {@code .sasl}.
 */
package io.smtpra.ra.server;
