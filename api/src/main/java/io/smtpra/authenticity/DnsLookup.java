package io.smtpra.authenticity;

import java.util.concurrent.CompletableFuture;

/**
 * The way to the DNS, through the adapter's resolver and its cache. A hook finds it as an attachment of its session:
 * {@code AttachmentKey.of("io.smtpra.authenticity.DnsLookup", DnsLookup.class)}, of the connection.
 */
public interface DnsLookup {

    /**
     * Asks. Never blocks; who may wait says {@code join()} to what it returns.
     *
     * @param name the name, with or without a dot at its end; characters beyond ASCII and what cannot be a name are
     *     answered as a name that does not exist
     * @param type what of
     * @return the answer, within the resolver's time limit (10 seconds) on any thread: who goes on with something that
     *     takes long takes it to a thread of their own. It is always completed, and never exceptionally
     */
    CompletableFuture<DnsAnswer> ask(String name, DnsRecordType type);
}
