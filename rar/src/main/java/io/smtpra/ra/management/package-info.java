/**
 * What an administrator sees and does by JMX.
 *
 * <p>May use {@code .tls}.
 */
package io.smtpra.ra.management;
