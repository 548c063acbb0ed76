/**
 * A mail server within a test: {@link io.smtpra.testkit.Inbox} is the adapter's own listener in the test's process,
 * without a container, and {@link io.smtpra.testkit.SmtpInbox} gives one to a JUnit test.
 *
 * <p>It depends on the adapter's inbound side and on TLS of listeners, which it puts together as the adapter does, with
 * the test in the place of the beans. The adapter knows nothing of it.
 */
package io.smtpra.testkit;
