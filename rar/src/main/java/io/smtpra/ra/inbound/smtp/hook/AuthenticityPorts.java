package io.smtpra.ra.inbound.smtp.hook;

import io.smtpra.Peer;
import io.smtpra.authenticity.DnsLookup;
import io.smtpra.ra.authenticity.AuthenticityConfig;
import io.smtpra.ra.authenticity.SignatureCheck;
import io.smtpra.ra.authenticity.TimedLookup;
import io.smtpra.ra.inbound.listener.access.Network;
import io.smtpra.ra.inbound.smtp.hosting.HookThreads;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What it takes to find out who sent a mail.
 *
 * @param config what is checked, and what follows
 * @param trusted whose mail is not checked
 * @param dns answers
 * @param signatures checks DKIM
 * @param threads where contents are read
 */
public record AuthenticityPorts(AuthenticityConfig config, List<Network> trusted, DnsLookup dns,
        SignatureCheck signatures, HookThreads threads) {

    /** Copies the list. */
    public AuthenticityPorts {
        trusted = List.copyOf(trusted);
    }

    /** Whether the mail of a host is none of ours to check. */
    boolean trusts(Peer peer) {
        return Network.anyContains(trusted, peer.address().getAddress());
    }

    /** Whether the mail of a host is to be checked. */
    boolean checks(Peer peer) {
        return config.isOn() && peer.authenticatedUser().isEmpty() && !trusts(peer);
    }

    /** A look-up for one mail, whose time begins now and is over with what it is for. */
    TimedLookup timed() {
        return new TimedLookup(dns);
    }

    /** Has the time of a look-up run until something is done. */
    void limit(TimedLookup lookup, CompletionStage<?> task) {
        Runnable forget = threads.after(config.time(), lookup::expire);
        task.whenComplete((done, failure) -> forget.run());
    }
}
