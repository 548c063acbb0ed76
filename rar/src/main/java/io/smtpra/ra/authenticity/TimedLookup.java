package io.smtpra.ra.authenticity;

import io.smtpra.authenticity.DnsAnswer;
import io.smtpra.authenticity.DnsAnswer.Status;
import io.smtpra.authenticity.DnsLookup;
import io.smtpra.authenticity.DnsRecordType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Looks up for one mail, until its time is over: then every question is answered as failed. */
public final class TimedLookup implements DnsLookup {

    private final DnsLookup dns;
    private final CompletableFuture<DnsAnswer> end = new CompletableFuture<>();

    /**
     * A look-up of no time limit yet.
     *
     * @param dns answers
     */
    public TimedLookup(DnsLookup dns) {
        this.dns = dns;
    }

    /** The time is over. */
    public void expire() {
        end.complete(new DnsAnswer(Status.FAILED, List.of(), false, "the time for it is over (authenticationTimeout)"));
    }

    @Override
    public CompletableFuture<DnsAnswer> ask(String name, DnsRecordType type) {
        return end.isDone() ? end.copy() : dns.ask(name, type).applyToEither(end, Function.identity());
    }
}
