/**
 * DMARC (RFC 9989): whether the domain that people read in {@code From:} is one that SPF or DKIM has proved, and what
 * it asks for otherwise. Domains are told apart by walking up the DNS, not by a list of public suffixes.
 *
 * <p>May use the API alone.
 */
package io.smtpra.ra.authenticity.dmarc;
