package io.smtpra.ra.client.transfer;

import io.smtpra.Envelope;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.client.net.Harmless;
import java.io.IOException;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a next hop takes, as one session has learnt it. It serves to refuse early what would be refused for good later.
 *
 * @param peer the next hop as messages name it
 * @param usable its extensions that may be used
 * @param hostVerified whether its certificate was checked to be that of the host
 */
public record PeerOffer(String peer, ServerExtensions usable, boolean hostVerified) {

    /** Refuses nulls. */
    public PeerOffer {
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(usable, "usable");
    }

    /**
     * Refuses what the next hop cannot take.
     *
     * @param envelope who sends it to whom
     * @param content the octets
     * @throws SmtpException of phase {@link SmtpException.Phase#PREPARE}
     */
    public void check(Envelope envelope, SendableContent content) throws SmtpException {
        try {
            ContentForm form = content.formFor(usable, peer, new byte[SendableContent.WINDOW]);
            Demands.of(envelope, form).check(peer, usable, hostVerified);
        } catch (IOException e) {
            throw new SmtpException(Phase.PREPARE, "The content cannot be read: " + Harmless.reason(e), true, e);
        }
    }

    /**
     * Refuses what the next hop cannot take, as far as envelope and length tell.
     *
     * @param envelope who sends it to whom
     * @param size the length of the content in octets, where known
     * @throws SmtpException of phase {@link SmtpException.Phase#PREPARE}
     */
    public void check(Envelope envelope, OptionalLong size) throws SmtpException {
        Demands.of(envelope, size).check(peer, usable, hostVerified);
    }
}
