/**
 * What is counted while mail flows: each figure declared once, in {@link io.smtpra.ra.telemetry.Statistic}. Every room may
 * count here; this one uses none.
 */
package io.smtpra.ra.telemetry;
