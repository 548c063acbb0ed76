/**
 * SMTP as a client speaks it: greeting, EHLO, STARTTLS policy, AUTH, pipelined envelope, DATA and BDAT. Blocking, one
 * thread per connection; knows nothing of Connectors or transactions, and could be a library by itself.
 *
 * <p>May use {@code .client.net}, {@code .sasl}, {@code .tls.client} and the API.
 */
package io.smtpra.ra.client;
