/**
 * The mailbox's tables: what is kept of a mail, how it is found again, and how it goes. Plain SQL for PostgreSQL and
 * H2; the scripts lie in {@code META-INF/smtp-ra-mailbox}. Uses the API of the adapter and nothing of the beans
 * above.
 */
package io.smtpra.ejb.store;
