/**
 * The tables of the queue, by plain SQL: put a mail in, claim those that are due, record how they ended, look at them.
 * Each class takes the caller's connection and knows no transaction. Depends on the API alone.
 */
package io.smtpra.queue.store;
