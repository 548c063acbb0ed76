package io.smtpra.ra.authenticity.dmarc;

import io.smtpra.authenticity.DnsAnswer;
import io.smtpra.authenticity.DnsLookup;
import io.smtpra.authenticity.DnsRecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What was found on the way from a domain to the root (RFC 9989 section 4.10).
 *
 * @param start where the way began
 * @param found the records, the longest domain first
 * @param failure what the DNS did not say; then there may be more records
 * @param validated whether all answers were validated
 */
record TreeWalk(String start, List<Found> found, Optional<String> failure, boolean validated) {

    private static final int MOST_LABELS = 7;

    /** A record and where it was found. */
    record Found(String domain, DmarcRecord record) {}

    /** Walks; eight questions at most, however many labels there are. */
    static CompletableFuture<TreeWalk> from(String domain, DnsLookup dns) {
        return step(domain, new TreeWalk(domain, List.of(), Optional.empty(), true), dns);
    }

    private static CompletableFuture<TreeWalk> step(String target, TreeWalk before, DnsLookup dns) {
        return dns.ask("_dmarc." + target, DnsRecordType.TXT).thenCompose(answer -> {
            TreeWalk walk = before.with(target, answer);
            Optional<String> next = next(target);
            return walk.isOver() || next.isEmpty() ? CompletableFuture.completedFuture(walk)
                    : step(next.get(), walk, dns);
        });
    }

    private TreeWalk with(String target, DnsAnswer answer) {
        if (!answer.isAnswered()) {
            return new TreeWalk(start, found, Optional.of("TXT _dmarc." + target + ": " + answer.reason()), false);
        }
        List<DmarcRecord> records = answer.values().stream().map(DmarcRecord::parse).flatMap(Optional::stream).toList();
        List<Found> all = new ArrayList<>(found);
        // of several, none counts
        if (records.size() == 1) {
            all.add(new Found(target, records.get(0)));
        }
        return new TreeWalk(start, List.copyOf(all), failure, validated && answer.validated());
    }

    private boolean isOver() {
        return failure.isPresent() || !found.isEmpty() && found.get(found.size() - 1).record().suffix().isPresent();
    }

    /** One label less; of many, so many less that seven are left. */
    private static Optional<String> next(String domain) {
        String[] labels = domain.split("\\.");
        if (labels.length < 2) {
            return Optional.empty();
        }
        int first = Math.max(1, labels.length - MOST_LABELS);
        return Optional.of(String.join(".", List.of(labels).subList(first, labels.length)));
    }

    /** The record of the very domain. */
    Optional<DmarcRecord> own() {
        return at(start);
    }

    private Optional<DmarcRecord> at(String domain) {
        return found.stream().filter(one -> one.domain().equals(domain)).map(Found::record).findFirst();
    }

    /** The domain of whoever the domain belongs to (section 4.10.2); who says {@code psd=n} has ended the walk. */
    String organization() {
        for (Found one : found) {
            if (one.record().isSuffix() && !one.domain().equals(start)) {
                return below(one.domain());
            }
        }
        return found.isEmpty() ? start : found.get(found.size() - 1).domain();
    }

    /** The domain one label below another, on the way to the start. */
    private String below(String domain) {
        String rest = start.substring(0, start.length() - domain.length() - 1);
        return rest.substring(rest.lastIndexOf('.') + 1) + "." + domain;
    }

    /** The record that counts for the start (section 4.10.1): its own, its organisation's, or its public suffix's. */
    Optional<Found> policy() {
        Optional<Found> own = own().map(record -> new Found(start, record));
        String organization = organization();
        return own.or(() -> at(organization).map(record -> new Found(organization, record)))
                .or(() -> found.stream().filter(one -> one.record().isSuffix()).findFirst());
    }
}
