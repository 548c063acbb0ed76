/**
 * Reading configuration: strings in, typed values out, and one message that names every property that is wrong, its
 * value and what is allowed.
 *
 * <p>Used by every bean of the adapter; uses the Connectors API alone.
 */
package io.smtpra.ra.config;
