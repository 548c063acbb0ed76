/**
 * What an administrator sees and does by JMX.
 *
 * <p>May use {@code .tls} and the rooms within it.
 */
package io.smtpra.ra.management;
