/**
 * The queue in its container: settings, the bean that applications call, transactions, threads, the look at the queue
 * that returns, management. Depends on {@code report}, {@code sending}, {@code claim},
 * {@code store} and the API.
 */
package io.smtpra.queue.bean;
