/**
 * The way to the server's threads.
 *
 * <p>Uses the Connectors API alone.
 */
package io.smtpra.ra.inbound.work;
