/**
 * What becomes of a mail in the tables, by plain SQL: who sends it now, how that ended, what its next hop is doing,
 * what an administrator decides, and when it is removed. Each class takes the caller's connection and knows no
 * transaction. Depends on {@code store} and the API.
 */
package io.smtpra.queue.claim;
