/**
 * Who really sent a mail: what brings SPF, DKIM and DMARC together. What each of them is stands in a room below it.
 *
 * <p>Knows nothing of SMTP sessions. May use the rooms below it, {@code .message}, {@code .config} and the API.
 */
package io.smtpra.ra.authenticity;
