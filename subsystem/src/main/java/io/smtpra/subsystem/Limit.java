package io.smtpra.subsystem;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.as.controller.SimpleAttributeDefinition;
import org.jboss.as.controller.SimpleAttributeDefinitionBuilder;
import org.jboss.as.controller.operations.validation.LongRangeValidator;
import org.jboss.dmr.ModelNode;
import org.jboss.dmr.ModelType;

/** A limit of an adapter that can be changed while it runs. */
enum Limit {

    MAX_CONNECTIONS(1, 1_000_000),
    MAX_CONNECTIONS_PER_ADDRESS(1, 1_000_000),
    MAX_HANDSHAKE_FAILURES(1, 1_000_000),
    BAN_AFTER(0, 1_000_000),
    MAX_MESSAGE_SIZE(1, 1L << 40),
    MAX_ERRORS(1, 1_000_000_000),
    MAX_UNKNOWN_RECIPIENTS(1, 1_000_000_000),
    MAX_JUNK_COMMANDS(1, 1_000_000_000),
    MAX_TRANSACTIONS_PER_SESSION(1, 1_000_000_000),
    MAX_RECIPIENTS(100, 1_000_000);

    private final long least;
    private final long most;

    Limit(long least, long most) {
        this.least = least;
        this.most = most;
    }

    /** As the bean has it: {@code MaxConnections}. */
    String beanAttribute() {
        return words().map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    /** A number as the bean takes it. */
    Object beanValue(ModelNode number) {
        if (isLong()) {
            return number.asLong();
        }
        return number.asInt();
    }

    private boolean isLong() {
        return most > Integer.MAX_VALUE;
    }

    /** As a parameter of {@code set-limits}. */
    SimpleAttributeDefinition parameter() {
        return builder().setRequired(false).setValidator(new LongRangeValidator(least, most, true, false)).build();
    }

    /** As an attribute of a listener. */
    SimpleAttributeDefinition attribute() {
        return builder().setStorageRuntime().build();
    }

    private SimpleAttributeDefinitionBuilder builder() {
        return new SimpleAttributeDefinitionBuilder(
                words().collect(Collectors.joining("-")).toLowerCase(Locale.ROOT),
                isLong() ? ModelType.LONG : ModelType.INT);
    }

    private Stream<String> words() {
        return Stream.of(name().split("_"));
    }
}
