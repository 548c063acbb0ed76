package io.smtpra.ra.outbound;

import io.smtpra.ra.client.SmtpClient;
import io.smtpra.ra.outbound.compose.HeldContents;
import io.smtpra.ra.outbound.compose.HeldMailStore;
import java.time.Duration;

/**
 * What the managed connections of one factory share.
 *
 * @param config what the factory is configured to do
 * @param contents holds the octets of mails that wait
 * @param certificates notices that they have changed
 * @param ids names the sendings
 * @param client opens connections to the next hop
 */
record OutboundContext(
        OutboundConfig config, HeldContents contents, Certificates certificates, SendIds ids, SmtpClient client) {

    private static final Duration CERTIFICATE_INTERVAL = Duration.ofSeconds(10);

    static OutboundContext of(OutboundConfig config, HeldMailStore store) {
        return new OutboundContext(config, new HeldContents(store),
                new Certificates(config.client().clientTls(), CERTIFICATE_INTERVAL), new SendIds(), new SmtpClient(config.client()));
    }
}
