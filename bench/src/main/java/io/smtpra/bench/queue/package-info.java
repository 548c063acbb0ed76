/**
 * The application of the benchmarks that have a database: it queues mail on command, and stores mail that comes in.
 * Packed by {@code QueueApplication} as a deployment of its own; depends on the API and Jakarta EE.
 */
package io.smtpra.bench.queue;
