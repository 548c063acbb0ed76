/**
 * Replies: code, enhanced status code, text; every fixed reply of this server stands here.
 *
 * <p>May use the API, and is used by the listener for what it says of its own.
 */
package io.smtpra.ra.inbound.smtp.reply;
