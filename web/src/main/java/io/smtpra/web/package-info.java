/**
 * The mailbox in a browser: the REST interface of the page in {@code src/main/webapp}, and who may use both. It uses
 * the beans of {@code io.smtpra.ejb.mailbox} and their rows, and the outbound queue; nothing uses it.
 */
package io.smtpra.web;
