/**
 * The {@code jakarta.mail.Session} over a connection factory: a transport that sends through it, the Session that has
 * this transport, and its name in JNDI. For applications that know Jakarta Mail and nothing of the adapter.
 *
 * <p>May use {@code .client.transfer} and the API: it sends as any application does, through
 * {@link io.smtpra.SmtpConnectionFactory}.
 */
package io.smtpra.ra.outbound.session;
