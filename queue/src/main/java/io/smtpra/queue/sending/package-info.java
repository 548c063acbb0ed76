/**
 * Sends what is due: who sends how much at a time, what an answer of the next hop means for each recipient, when it is
 * tried again, when a next hop is left alone. Knows no container: threads, transactions, time and connection factories
 * are given to it. Depends on {@code claim}, {@code store} and the API.
 */
package io.smtpra.queue.sending;
