/**
 * Benchmarks with a database, beside Postfix: what goes out through the queue, and what comes in and is stored for
 * good. They start a private PostgreSQL and a private Postfix; depend on {@code io.smtpra.bench} for servers and load.
 */
package io.smtpra.bench.durable;
