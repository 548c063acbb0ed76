/**
 * Delivery status notifications: {@link io.smtpra.report.DeliveryNotification} tells a sender what became of a mail
 * (RFC 3461, RFC 3464, RFC 6533).
 *
 * <p>This package depends on {@link io.smtpra}, {@link io.smtpra.idna} and the JDK.
 */
package io.smtpra.report;
