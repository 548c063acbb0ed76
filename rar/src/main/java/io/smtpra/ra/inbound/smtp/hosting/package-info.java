/**
 * How hooks are hosted: asked one after the other, on the event loop or on the server's threads, within bounds; and
 * where those that others have written are found.
 *
 * <p>May use {@code .content} and the rooms below it, {@code .config} and the API.
 */
package io.smtpra.ra.inbound.smtp.hosting;
