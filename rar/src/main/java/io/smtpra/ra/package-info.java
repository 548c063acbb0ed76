/**
 * The resource adapter itself: its properties, its lifecycle, and the activation of endpoints.
 *
 * <p>May use every room below it. {@link io.smtpra.ra.SmtpResourceAdapter} is a thin shell of strings; each room reads
 * those that it needs into an immutable record, all of which {@link io.smtpra.ra.AdapterConfig} holds, and nothing past
 * that line sees a bean.
 */
package io.smtpra.ra;
