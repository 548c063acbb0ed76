package io.smtpra.ra.authenticity.dkim;

import io.smtpra.authenticity.DnsAnswer;
import io.smtpra.authenticity.DnsLookup;
import io.smtpra.authenticity.DnsRecordType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What stands in the DNS: texts by their names, and nothing else. */
public final class PublishedKeys implements DnsLookup {

    private final Map<String, CompletableFuture<DnsAnswer>> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    public PublishedKeys with(String name, String... records) {
        return with(name, new DnsAnswer(DnsAnswer.Status.FOUND, List.of(records), false, ""));
    }

    public PublishedKeys with(String name, DnsAnswer answer) {
        answers.put(name, CompletableFuture.completedFuture(answer));
        return this;
    }

    /** Of this name nothing is ever heard. */
    public PublishedKeys silent(String name) {
        answers.put(name, new CompletableFuture<>());
        return this;
    }

    /** The names that were asked for. */
    public List<String> asked() {
        return asked;
    }

    @Override
    public CompletableFuture<DnsAnswer> ask(String name, DnsRecordType type) {
        asked.add(name);
        return answers.getOrDefault(name, CompletableFuture.completedFuture(
                new DnsAnswer(DnsAnswer.Status.NO_NAME, List.of(), false, "")));
    }
}
