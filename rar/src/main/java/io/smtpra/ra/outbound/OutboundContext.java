package io.smtpra.ra.outbound;

import io.smtpra.ra.outbound.form.HeldContents;
import io.smtpra.ra.outbound.relay.RelayContext;
import io.smtpra.ra.outbound.settings.OutboundConfig;
import io.smtpra.ra.server.ServerTransactions;
import java.util.Optional;

/**
 * What the connections of one factory share.
 *
 * @param config what the factory is configured to do
 * @param relay what their sessions share
 * @param contents holds the octets of mails that wait
 * @param transactions the server's, where the way to them is known
 */
record OutboundContext(
        OutboundConfig config,
        RelayContext relay,
        HeldContents contents,
        Optional<ServerTransactions> transactions) {

    static OutboundContext of(OutboundConfig config, FactorySupport support) {
        return new OutboundContext(config, new RelayContext(config.relay(), support.telemetry()),
                new HeldContents(support::heldMails), support.transactions());
    }
}
