/**
 * The tables of the queue, by plain SQL: what databases differ in, how a mail is put in, and how it is looked at. Each
 * class takes the caller's connection and knows no transaction. Depends on the API alone.
 */
package io.smtpra.queue.store;
