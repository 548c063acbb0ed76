/**
 * Hooks into the conversation with SMTP clients, in the manner of Apache James: to be named in the adapter's property
 * {@code hooks}. They lie in the application; the adapter finds them there.
 */
package io.smtpra.ejb.hook;
