package io.smtpra.ra.inbound.smtp.rules;

import io.smtpra.ra.config.PropertyReader;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ways to authenticate that this server knows (RFC 4422), each by its registered name. */
public enum SaslMechanism {
    /** User name and password in one message (RFC 4616). */
    PLAIN,
    /** User name, then password; never standardised, widely used. */
    LOGIN,
    /** The client's certificate (RFC 4422 appendix A); offered to a client that showed a trusted one. */
    EXTERNAL,
    /** A proof that the client knows the password (RFC 7677). */
    SCRAM_SHA_256,
    /** A token that somebody else has issued (RFC 7628). */
    OAUTHBEARER,
    /** The same as it was written before. */
    XOAUTH2;

    /** The mechanisms by the names that stand in a configuration, in the order of offer. */
    public static Map<String, SaslMechanism> names() {
        Map<String, SaslMechanism> names = new LinkedHashMap<>();
        Arrays.stream(values()).forEach(mechanism -> names.put(mechanism.saslName(), mechanism));
        return Collections.unmodifiableMap(names);
    }

    /** The mechanism of a name in any case. */
    public static Optional<SaslMechanism> named(String name) {
        return Arrays.stream(values()).filter(mechanism -> mechanism.saslName().equalsIgnoreCase(name)).findAny();
    }

    /** The name that it is registered by. */
    public String saslName() {
        return name().replace('_', '-');
    }

    static List<SaslMechanism> read(PropertyReader reader, String property) {
        return reader.parsed(property, reader.value(property), "one or more of " + String.join(", ", names().keySet()),
                text -> named(reader.list(property)), List.of());
    }

    private static List<SaslMechanism> named(List<String> words) {
        List<SaslMechanism> mechanisms = words.stream()
                .map(word -> names().entrySet().stream().filter(entry ->
                word.equalsIgnoreCase(entry.getKey())).findAny()
                        .map(Map.Entry::getValue)
                        .orElseThrow(() -> new IllegalArgumentException("not " + word)))
                .distinct()
                .toList();
        if (mechanisms.isEmpty()) {
            throw new IllegalArgumentException("none is named");
        }
        return mechanisms;
    }
}
