/**
 * Replies: code, enhanced status code, text; every fixed reply of this server stands here.
 *
 * <p>May use {@code .inbound.listener} and the API.
 */
package io.smtpra.ra.inbound.smtp.reply;
