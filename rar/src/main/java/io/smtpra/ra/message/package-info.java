/**
 * Received content: in memory up to a bound, then in a file, and read from anywhere as often as one likes.
 *
 * <p>Uses the JDK and the log alone. Nothing here knows whether mail comes in or goes out.
 */
package io.smtpra.ra.message;
