package io.smtpra.ra.outbound.relay;

import io.smtpra.Envelope;
import io.smtpra.Mailbox;
import io.smtpra.Recipient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Which recipient's mail goes to which next hop, by the recipient's domain. A domain itself comes before a pattern, and
 * a longer pattern before a shorter one.
 */
public final class Routes {

    private final Map<String, NextHop> byDomain;
    private final Map<String, NextHop> bySuffix;
    private final NextHop others;

    private Routes(Map<String, NextHop> byDomain, Map<String, NextHop> bySuffix, NextHop others) {
        this.byDomain = Map.copyOf(byDomain);
        this.bySuffix = Map.copyOf(bySuffix);
        this.others = Objects.requireNonNull(others, "others");
    }

    /** All mail goes to one next hop. */
    public static Routes to(NextHop hop) {
        return of(Map.of(), hop);
    }

    /**
     * By patterns.
     *
     * @param byPattern next hops by {@code example.org} or {@code *.example.org}, which stands for the subdomains
     *     alone; in lower case and ASCII
     * @param others where the mail for all other domains goes
     */
    public static Routes of(Map<String, NextHop> byPattern, NextHop others) {
        Map<String, NextHop> domains = new LinkedHashMap<>();
        Map<String, NextHop> suffixes = new LinkedHashMap<>();
        byPattern.forEach((pattern, hop) -> {
            if (pattern.startsWith("*.")) {
                suffixes.put(pattern.substring(1), hop);
            } else {
                domains.put(pattern, hop);
            }
        });
        return new Routes(domains, suffixes, others);
    }

    /** All next hops, each once, always in the same order. */
    public List<NextHop> hops() {
        return Stream.concat(Stream.of(others), Stream.concat(byDomain.values().stream(), bySuffix.values().stream()))
                .distinct().toList();
    }

    /** Where the mail for domains without a route of their own goes. */
    public NextHop others() {
        return others;
    }

    NextHop of(Mailbox recipient) {
        if (byDomain.isEmpty() && bySuffix.isEmpty()) {
            return others;
        }
        String domain = recipient.asciiDomain();
        NextHop own = byDomain.get(domain);
        if (own != null) {
            return own;
        }
        for (int dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
            NextHop parent = bySuffix.get(domain.substring(dot));
            if (parent != null) {
                return parent;
            }
        }
        return others;
    }

    /** The parts of an envelope, one for each next hop, in the order of the recipients. */
    List<Part> parts(Envelope envelope) {
        List<Recipient> recipients = envelope.recipients();
        NextHop first = of(recipients.get(0).mailbox());
        if (recipients.stream().allMatch(recipient -> of(recipient.mailbox()) == first)) {
            return List.of(new Part(first, envelope));
        }
        Map<NextHop, List<Recipient>> byHop = new LinkedHashMap<>();
        recipients.forEach(recipient ->
                byHop.computeIfAbsent(of(recipient.mailbox()), hop -> new ArrayList<>()).add(recipient));
        List<Part> parts = new ArrayList<>();
        byHop.forEach((hop, its) -> parts.add(new Part(hop, envelope.withRecipients(its))));
        return List.copyOf(parts);
    }

    /**
     * The part of a mail that goes to one next hop.
     *
     * @param hop where it goes
     * @param envelope to whom
     */
    record Part(NextHop hop, Envelope envelope) {}
}
