package io.smtpra.ra.inbound.routing;

import io.smtpra.ListenerKind;
import io.smtpra.Mailbox;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The recipients whose bean has been stopped. It may be paused, or deployed anew this minute: its mail is not to bounce,
 * so it is refused for now, not for good.
 */
final class AbsentRecipients {

    private final Map<ListenerKind, Set<RecipientPattern>> absent = new EnumMap<>(ListenerKind.class);

    synchronized void add(ActivationConfig config) {
        if (!config.journal()) {
            config.listeners().forEach(kind ->
                    absent.computeIfAbsent(kind, key -> new HashSet<>()).addAll(config.recipients()));
        }
    }

    synchronized void remove(ActivationConfig config) {
        if (!config.journal()) {
            config.listeners().forEach(kind ->
                    absent.getOrDefault(kind, new HashSet<>()).removeAll(config.recipients()));
        }
    }

    synchronized boolean matches(ListenerKind listener, Mailbox recipient) {
        Set<RecipientPattern> patterns = absent.getOrDefault(listener, Set.of());
        return RoutingTable.patterns(recipient).stream().anyMatch(patterns::contains);
    }
}
