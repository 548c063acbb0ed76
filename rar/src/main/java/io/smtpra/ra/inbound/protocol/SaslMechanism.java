package io.smtpra.ra.inbound.protocol;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The ways to authenticate that this server knows (RFC 4422), each by its registered name. */
public enum SaslMechanism {
    /** User name and password in one message (RFC 4616). */
    PLAIN(PlainExchange::new),
    /** User name, then password; never standardised, widely used. */
    LOGIN(LoginExchange::new),
    /** The client's certificate (RFC 4422 appendix A); offered to a client that showed a trusted one. */
    EXTERNAL(ExternalExchange::new);

    private final Supplier<SaslExchange> exchange;

    SaslMechanism(Supplier<SaslExchange> exchange) {
        this.exchange = exchange;
    }

    /** The mechanisms by the names that stand in a configuration, in the order of offer. */
    public static Map<String, SaslMechanism> names() {
        Map<String, SaslMechanism> names = new LinkedHashMap<>();
        Arrays.stream(values()).forEach(mechanism -> names.put(mechanism.name(), mechanism));
        return Collections.unmodifiableMap(names);
    }

    /** The mechanism of a name in any case. */
    static Optional<SaslMechanism> named(String name) {
        return Arrays.stream(values()).filter(mechanism -> mechanism.name().equalsIgnoreCase(name)).findAny();
    }

    SaslExchange newExchange() {
        return exchange.get();
    }
}
