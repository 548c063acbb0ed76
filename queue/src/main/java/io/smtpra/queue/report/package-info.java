/**
 * What is told to senders, and what other servers tell of mail that was sent: reports that go out, the reverse-path
 * that brings reports back, and how they are read. Knows no container. Depends on {@code sending}, {@code claim},
 * {@code store} and the API.
 */
package io.smtpra.queue.report;
