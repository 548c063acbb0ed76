/**
 * What is asked while a mail is in the making: our own hooks, and the way in for those of others.
 *
 * <p>May use {@code .content} and the rooms below it, and the API.
 */
package io.smtpra.ra.inbound.smtp.hook;
