/**
 * The mailbox: mail that has arrived is stored, found, sent on and removed, with its settings and its life cycle.
 * Beans that an application may use as they are; the tables are the business of {@code io.smtpra.ejb.store}, which it
 * uses beside the API of adapter and queue.
 */
package io.smtpra.ejb.mailbox;
