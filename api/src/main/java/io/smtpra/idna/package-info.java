/**
 * Domain names outside ASCII: {@link io.smtpra.idna.DomainName} has the one form in which they are compared and stand
 * on the wire (IDNA 2008, with the mapping of UTS 46, non-transitional).
 *
 * <p>The properties of characters are the JDK's, so that no table has to be carried and a newer JDK knows newer
 * characters. This package depends on the JDK alone.
 */
package io.smtpra.idna;
