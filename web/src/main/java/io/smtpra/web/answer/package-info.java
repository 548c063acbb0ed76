/**
 * What requests of the page hold and what it is answered with: mails as JSON and as documents that can do no harm,
 * octets in ranges, events, problems. It uses the rows of {@code io.smtpra.ejb.mailbox} and the room of messages.
 */
package io.smtpra.web.answer;
