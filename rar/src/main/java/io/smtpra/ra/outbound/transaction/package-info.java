/**
 * Mails that wait for a transaction, and how they take part in it: as an XA resource that sends in its first phase, as
 * a connection's or joined to the server's transactions directly, or as a one-phase resource. Nothing is ever in doubt.
 *
 * <p>May use {@code .outbound.relay}, {@code .server} and the API.
 */
package io.smtpra.ra.outbound.transaction;
