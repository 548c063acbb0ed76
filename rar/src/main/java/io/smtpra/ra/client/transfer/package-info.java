/**
 * How an SMTP client hands a mail over on a connection that is open: what the peer offers and the mail demands, the
 * envelope in a pipeline, DATA and BDAT, and what came of it.
 *
 * <p>May use {@code .client.net} and the API.
 */
package io.smtpra.ra.client.transfer;
