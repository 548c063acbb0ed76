/**
 * What an administrator sees and does by JMX.
 *
 * <p>May use {@code .inbound.listener} and its room {@code .access}, {@code .inbound.smtp.rules}, {@code .tls} and the rooms within it.
 */
package io.smtpra.ra.management;
