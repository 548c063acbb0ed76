/**
 * The mailbox in a browser: the REST interface of the page in {@code src/main/webapp}, and who may use both. It uses
 * the beans of {@code io.smtpra.ejb.mailbox} and their rows, the outbound queue, and {@code .answer} for what it reads and
 * says; nothing uses it.
 */
package io.smtpra.web;
