package io.smtpra.ra.inbound.routing;

import io.smtpra.ListenerKind;
import io.smtpra.Mailbox;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which activation takes which recipient, for each kind of listener. The most specific pattern wins, as with servlet
 * mappings: the mailbox, the mailbox without its {@code +tag}, the domain, the nearest domain above, everything.
 * Unchanging; a new table takes its place.
 */
public final class RoutingTable {

    /** Two activations that want the same recipients. */
    record Conflict(RecipientPattern pattern, ListenerKind listener, Activation holder) {}

    private final List<Activation> activations;
    private final Map<ListenerKind, Map<RecipientPattern, Activation>> takers = new EnumMap<>(ListenerKind.class);
    private final Map<ListenerKind, Map<RecipientPattern, List<Activation>>> journals =
            new EnumMap<>(ListenerKind.class);

    /** A table of activations; where two want the same recipients, the first one gets them. */
    RoutingTable(List<Activation> activations) {
        this.activations = List.copyOf(activations);
        for (ListenerKind kind : ListenerKind.values()) {
            takers.put(kind, new HashMap<>());
            journals.put(kind, new HashMap<>());
        }
        this.activations.forEach(this::enter);
    }

    static RoutingTable empty() {
        return new RoutingTable(List.of());
    }

    RoutingTable with(Activation activation) {
        return new RoutingTable(Stream.concat(activations.stream(), Stream.of(activation)).toList());
    }

    RoutingTable without(Activation activation) {
        return new RoutingTable(activations.stream().filter(other -> other != activation).toList());
    }

    /** The first pattern that an activation already in the table has as well, for the same kind of listener. */
    Optional<Conflict> conflict(ActivationConfig config) {
        if (config.journal()) {
            return Optional.empty();
        }
        return config.listeners().stream().sorted()
                .flatMap(kind -> config.recipients().stream()
                        .filter(pattern -> takers.get(kind).containsKey(pattern))
                        .map(pattern -> new Conflict(pattern, kind, takers.get(kind).get(pattern))))
                .findFirst();
    }

    /** The activation that takes a recipient. */
    public Optional<Activation> taker(ListenerKind listener, Mailbox recipient) {
        Map<RecipientPattern, Activation> known = takers.get(listener);
        for (RecipientPattern pattern : patterns(recipient)) {
            Activation taker = known.get(pattern);
            if (taker != null) {
                return Optional.of(taker);
            }
        }
        return Optional.empty();
    }

    /** Whether some mailbox of a domain has an activation that takes it. */
    boolean takesDomain(ListenerKind listener, String domain) {
        return takers.get(listener).keySet().stream().anyMatch(pattern -> switch (pattern.kind()) {
            case MAILBOX -> pattern.key().endsWith("@" + domain);
            case DOMAIN -> pattern.key().equals(domain);
            case SUBDOMAINS -> domain.endsWith("." + pattern.key());
            case ANY -> true;
        });
    }

    /** All activations that take recipients. */
    List<Activation> takers(ListenerKind listener) {
        return takers.get(listener).values().stream().distinct().toList();
    }

    /** The activations that get a copy of a mail to a recipient. */
    public List<Activation> journals(ListenerKind listener, Mailbox recipient) {
        Map<RecipientPattern, List<Activation>> known = journals.get(listener);
        if (known.isEmpty()) {
            return List.of();
        }
        return patterns(recipient).stream().flatMap(key -> known.getOrDefault(key, List.of()).stream()).distinct().toList();
    }

    private void enter(Activation activation) {
        ActivationConfig config = activation.config();
        for (ListenerKind kind : config.listeners()) {
            for (RecipientPattern pattern : config.recipients()) {
                if (config.journal()) {
                    journals.get(kind).computeIfAbsent(pattern, key -> new ArrayList<>()).add(activation);
                } else {
                    takers.get(kind).putIfAbsent(pattern, activation);
                }
            }
        }
    }

    /** The patterns that match a mailbox, most specific first. */
    static List<RecipientPattern> patterns(Mailbox mailbox) {
        List<RecipientPattern> keys = new ArrayList<>();
        keys.add(new RecipientPattern(RecipientPattern.Kind.MAILBOX, AddressKeys.mailbox(mailbox)));
        AddressKeys.withoutTag(mailbox)
                .ifPresent(key -> keys.add(new RecipientPattern(RecipientPattern.Kind.MAILBOX, key)));
        String domain = mailbox.asciiDomain();
        keys.add(new RecipientPattern(RecipientPattern.Kind.DOMAIN, domain));
        if (!domain.startsWith("[")) {
            for (int dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
                keys.add(new RecipientPattern(RecipientPattern.Kind.SUBDOMAINS, domain.substring(dot + 1)));
            }
        }
        keys.add(new RecipientPattern(RecipientPattern.Kind.ANY, ""));
        return keys;
    }
}
