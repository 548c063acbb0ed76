package io.smtpra.ra.inbound.smtp.rules;

import io.smtpra.ra.config.PropertyReader;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What can be switched on and off. What is off is refused, not only left out of the reply to {@code EHLO}. */
public enum Extension {
    /** {@code SIZE} (RFC 1870): the limit is told, and a declared size compared with it. */
    SIZE("size", true),
    /** {@code PIPELINING} (RFC 2920): whether it is offered; who sends all at once is answered one by one anyway. */
    PIPELINING("pipelining", true),
    /** {@code 8BITMIME} (RFC 6152). */
    EIGHT_BIT_MIME("eightBitMime", true),
    /** {@code DSN} (RFC 3461); off, since who offers it promises notifications, which the beans would have to send. */
    DSN("dsn", false),
    /** {@code CHUNKING} and, together with {@link #EIGHT_BIT_MIME}, {@code BINARYMIME} (RFC 3030). */
    CHUNKING("chunking", true),
    /** {@code SMTPUTF8} (RFC 6531), together with {@link #EIGHT_BIT_MIME}. */
    SMTP_UTF8("smtpUtf8", true),
    /** {@code ENHANCEDSTATUSCODES} (RFC 2034). */
    ENHANCED_STATUS_CODES("enhancedStatusCodes", true),
    /** {@code REQUIRETLS} (RFC 8689), offered inside TLS alone. */
    REQUIRE_TLS("requireTlsExtension", true),
    /** The command {@code HELP}. */
    HELP("help", false),
    /** The command {@code VRFY}. */
    VRFY("vrfy", false),
    /** The command {@code EXPN}. */
    EXPN("expn", false),
    /** The command {@code ETRN} (RFC 1985). */
    ETRN("etrn", false);

    private final String configurationName;
    private final boolean onByDefault;

    Extension(String configurationName, boolean onByDefault) {
        this.configurationName = configurationName;
        this.onByDefault = onByDefault;
    }

    /** Whether it is on unless configured. */
    public boolean isOnByDefault() {
        return onByDefault;
    }

    /** The name of its switch in the configuration. */
    public String configurationName() {
        return configurationName;
    }

    static Set<Extension> read(PropertyReader reader) {
        EnumSet<Extension> on = EnumSet.noneOf(Extension.class);
        Arrays.stream(values()).filter(extension -> reader.flag(extension.configurationName)).forEach(on::add);
        return on;
    }

    /** Those that are on unless configured. */
    public static Set<Extension> defaults() {
        EnumSet<Extension> defaults = EnumSet.noneOf(Extension.class);
        Arrays.stream(values()).filter(Extension::isOnByDefault).forEach(defaults::add);
        return Collections.unmodifiableSet(defaults);
    }
}
