package io.smtpra.ra.authenticity.spf;

import io.smtpra.authenticity.SpfIdentity;
import java.net.InetAddress;
import java.time.Instant;

/**
 * What is asked (RFC 7208 section 4.1).
 *
 * @param client the host that sends
 * @param helo the name that it gave; may be anything
 * @param localPart of the sender, {@code postmaster} where there is none
 * @param domain of the sender: that which is asked
 * @param identity where the domain comes from
 * @param receiver who asks
 * @param time when
 */
public record SpfQuestion(InetAddress client, String helo, String localPart, String domain, SpfIdentity identity,
        String receiver, Instant time) {

    private static final String POSTMASTER = "postmaster";

    /** The question about a mail with a reverse-path. */
    public static SpfQuestion ofMailFrom(
            InetAddress client, String helo, String localPart, String domain, String receiver, Instant time) {
        return new SpfQuestion(client, helo, localPart.isEmpty() ? POSTMASTER : localPart, domain,
                SpfIdentity.MAIL_FROM, receiver, time);
    }

    /** The question about a mail with the null reverse-path (RFC 7208 section 2.4). */
    public static SpfQuestion ofHelo(InetAddress client, String helo, String receiver, Instant time) {
        return new SpfQuestion(client, helo, POSTMASTER, helo, SpfIdentity.HELO, receiver, time);
    }

    /** The sender as an address. */
    String sender() {
        return localPart + "@" + domain;
    }
}
