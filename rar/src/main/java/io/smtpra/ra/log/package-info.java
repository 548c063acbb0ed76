/**
 * What the adapter tells its administrator, at INFO and above: each message declared once, with a code that never
 * changes, in the interface of its category. Every room may log by these; this one uses none. What is at DEBUG has no
 * code and is logged where it happens. A code that is not used any more is written down in docs/logging.md as retired,
 * and never given to another message.
 */
package io.smtpra.ra.log;
