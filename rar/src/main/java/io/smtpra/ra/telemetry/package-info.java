/**
 * What is known of mail while it flows: figures, each declared once, in {@link io.smtpra.ra.telemetry.Statistic}; events,
 * told to whoever has asked for them; the ids of session and mail in the log's context. Every room may count and tell
 * here; this one uses none.
 */
package io.smtpra.ra.telemetry;
