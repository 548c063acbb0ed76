/**
 * The handlers of the verbs, a verb a file. Which verb is allowed when stands in the command table, {@code Verb}.
 *
 * <p>May use {@code .hook} and the rooms below it, {@code .inbound.listener.protocol}, {@code .tls.server} and the API.
 */
package io.smtpra.ra.inbound.smtp.command;
