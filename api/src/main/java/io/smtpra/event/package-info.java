/**
 * What happens while mail comes in and goes out, as it happens: an {@link io.smtpra.event.SmtpEvent} at each turn, told
 * to message-driven beans that implement {@link io.smtpra.event.SmtpEventListener}. Beside them the ids by which a mail
 * is followed through a log ({@link io.smtpra.event.MailLogKeys}).
 *
 * <p>All of it is data: immutable, of bounded size, without control characters, without passwords and without contents.
 *
 * <p>Depends on {@code io.smtpra} and the JDK alone.
 */
package io.smtpra.event;
