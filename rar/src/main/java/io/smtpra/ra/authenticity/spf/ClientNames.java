package io.smtpra.ra.authenticity.spf;

import io.smtpra.authenticity.DnsLookup;
import io.smtpra.authenticity.DnsRecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The names of the client that lead back to it (RFC 7208 section 5.5): asked for once, and only if a record wants them.
 */
final class ClientNames {

    private static final int MAX_NAMES = 10;

    private final ClientAddress client;
    private final DnsLookup dns;
    private Optional<CompletableFuture<List<String>>> names = Optional.empty();

    ClientNames(ClientAddress client, DnsLookup dns) {
        this.client = client;
        this.dns = dns;
    }

    /** The names; what fails is no name. */
    CompletableFuture<List<String>> names() {
        if (names.isEmpty()) {
            names = Optional.of(dns.ask(client.reverseName(), DnsRecordType.PTR).thenCompose(answer ->
                    leadingBack(answer.values().stream().limit(MAX_NAMES).toList())));
        }
        return names.get();
    }

    private CompletableFuture<List<String>> leadingBack(List<String> candidates) {
        List<CompletableFuture<Boolean>> checks = candidates.stream().map(this::leadsBack).toList();
        return CompletableFuture.allOf(checks.toArray(CompletableFuture[]::new)).thenApply(done -> {
            List<String> validated = new ArrayList<>();
            for (int i = 0; i < checks.size(); i++) {
                if (checks.get(i).join()) {
                    validated.add(candidates.get(i));
                }
            }
            return validated;
        });
    }

    private CompletableFuture<Boolean> leadsBack(String name) {
        boolean ipv4 = client.isIpv4();
        return dns.ask(name, ipv4 ? DnsRecordType.A : DnsRecordType.AAAA).thenApply(answer -> answer.values().stream()
                .map(value -> ClientAddress.parse(value, !ipv4))
                .anyMatch(octets -> octets.isPresent() && client.isIn(octets.get(), octets.get().length * Byte.SIZE)));
    }

    /** The macro {@code p}: the domain itself, one below it, any; or {@code unknown} (RFC 7208 section 7.3). */
    CompletableFuture<String> nameFor(String domain) {
        return names().thenApply(found -> found.stream().filter(name -> name.equalsIgnoreCase(domain)).findFirst()
                .or(() -> found.stream().filter(name -> isWithin(name, domain)).findFirst())
                .or(() -> found.stream().findFirst())
                .orElse("unknown"));
    }

    /** Whether a name is the domain or below it. */
    static boolean isWithin(String name, String domain) {
        return name.equalsIgnoreCase(domain) || name.length() > domain.length()
                && name.charAt(name.length() - domain.length() - 1) == '.'
                && name.regionMatches(true, name.length() - domain.length(), domain, 0, domain.length());
    }
}
