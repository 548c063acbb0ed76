/**
 * What the queue logs at INFO and above: each message declared once, with a code that never changes. Every package
 * may log by it; this one uses none. Codes that are not used any more stand in docs/logging.md, and are never given
 * again.
 */
package io.smtpra.queue.log;
