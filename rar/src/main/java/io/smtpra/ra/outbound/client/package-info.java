/**
 * SMTP as a client speaks it: greeting, EHLO, STARTTLS policy, AUTH, pipelined envelope, DATA and BDAT. Blocking, one
 * thread per connection; knows nothing of Connectors or transactions.
 *
 * <p>May use {@code .tls} and the API.
 */
package io.smtpra.ra.outbound.client;
