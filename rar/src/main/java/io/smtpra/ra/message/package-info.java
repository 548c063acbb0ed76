/**
 * Received content: in memory up to a bound, then in a file, and read as a stream as often as one likes.
 *
 * <p>Uses the JDK alone.
 */
package io.smtpra.ra.message;
