package io.smtpra.ra.tls;

import java.util.Objects;

/** Key material, trust material or TLS parameters that cannot be used, with a reason that a person can act on. */
public final class TlsConfigurationException extends Exception {

    private static final long serialVersionUID = 1L;

    private final TlsProperty property;
    private final String value;
    private final String reason;

    /**
     * A fault without an exception behind it.
     *
     * @param property the property to correct
     * @param value what it is set to; empty for a secret
     * @param reason what is wrong with it
     */
    public TlsConfigurationException(TlsProperty property, String value, String reason) {
        this(property, value, reason, null);
    }

    /**
     * A fault.
     *
     * @param property the property to correct
     * @param value what it is set to; empty for a secret
     * @param reason what is wrong with it
     * @param cause what the JVM said, or null
     */
    public TlsConfigurationException(TlsProperty property, String value, String reason, Throwable cause) {
        super(property.propertyName() + (value.isEmpty() ? ": " : " '" + value + "': ") + reason, cause);
        this.property = property;
        this.value = value;
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * The name of the property to correct.
     *
     * @return the name, as it stands in the configuration
     */
    public String property() {
        return property.propertyName();
    }

    /**
     * What the property is set to.
     *
     * @return the value, empty for a secret
     */
    public String value() {
        return value;
    }

    /**
     * What is wrong.
     *
     * @return the reason, without the property
     */
    public String reason() {
        return reason;
    }
}
