/**
 * SPF (RFC 7208): whether a domain says that a host sends for it. Records are read, macros expanded, and questions
 * asked of the DNS one after the other, without a thread that waits.
 *
 * <p>May use the API alone.
 */
package io.smtpra.ra.authenticity.spf;
