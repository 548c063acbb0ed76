package io.smtpra.ra.inbound.smtp.hosting;

/** A hook cannot be had. The message names the property, its value, and what is wrong. */
public final class HookConfigurationException extends Exception {

    private static final long serialVersionUID = 1L;

    HookConfigurationException(String property, String value, String why, Throwable cause) {
        super("'" + property + "' is '" + value + "': " + why, cause);
    }
}
