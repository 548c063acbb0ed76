package io.smtpra.ra.inbound.routing;

import io.smtpra.Mailbox;
import io.smtpra.ra.config.PropertyReader;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is said to a recipient that no bean takes.
 *
 * @param gracePeriod how long after its start the adapter waits for beans to come: until then nobody is told for good that
 *     a recipient has no bean
 * @param localDomains the domains that are ours, whether or not a bean takes their mail here and now
 */
public record RoutingConfig(Duration gracePeriod, Set<RecipientPattern> localDomains) {

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final String ALLOWED = "domains, or *.domain for all below one, separated by commas";

    /** Copies the set. */
    public RoutingConfig {
        localDomains = Set.copyOf(localDomains);
    }

    /**
     * Reads it.
     *
     * @param reader the properties
     * @return the configuration
     */
    public static RoutingConfig read(PropertyReader reader) {
        RecipientPattern instead = new RecipientPattern(RecipientPattern.Kind.ANY, "");
        return new RoutingConfig(
                reader.duration("gracePeriod", Duration.ZERO, LONGEST),
                reader.list("localDomains").stream()
                        .map(item -> reader.parsed("localDomains", item, ALLOWED,
                                domain -> RecipientPattern.parse("*@" + domain), instead))
                        .collect(Collectors.toSet()));
    }

    boolean isLocal(Mailbox mailbox) {
        return RoutingTable.patterns(mailbox).stream().anyMatch(localDomains::contains);
    }
}
