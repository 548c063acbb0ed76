/**
 * SMTP as a client speaks it: greeting, EHLO, STARTTLS policy, AUTH, and then mails. Blocking, one thread
 * per connection; knows nothing of Connectors or transactions, and could be a library by itself.
 *
 * <p>May use {@code .client.transfer}, {@code .client.net}, {@code .sasl}, {@code .tls.client} and the API.
 */
package io.smtpra.ra.client;
