/**
 * The resource adapter itself: its lifecycle, its configuration, and the activation of endpoints.
 *
 * <p>May use every room below it. What is a bean here is a thin shell of strings; one {@code toConfig()} turns it into
 * immutable records, and nothing past that line sees a bean.
 */
package io.smtpra.ra;
