/**
 * Tests from outside against a real WildFly, which Arquillian starts once for all of them.
 *
 * <p>{@link io.smtpra.it.WildFly} is the server as its administrator sees it, {@link io.smtpra.it.Mails} sends mail to
 * it, {@link io.smtpra.it.SmtpPeer} is the next hop that it sends to, {@link io.smtpra.it.Archives} builds what is
 * deployed; beans and servlets that run in the server lie in {@code io.smtpra.it.app}.
 */
package io.smtpra.it;
