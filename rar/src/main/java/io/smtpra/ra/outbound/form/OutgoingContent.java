package io.smtpra.ra.outbound.form;

import io.smtpra.BodyType;
import io.smtpra.MailContent;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.client.ContentForm;
import io.smtpra.ra.client.SendableContent;
import io.smtpra.ra.client.ServerExtensions;
import java.io.IOException;

/**
 * The octets of a mail on their way out: as they are where the next hop takes that, else encoded as far as it must be:
 * with octets below 128 alone (RFC 6152 section 3), or in shorter lines.
 */
public final class OutgoingContent implements SendableContent {

    private final MailContent content;
    private final boolean binary;

    /**
     * A content that was not looked at yet.
     *
     * @param content the octets; opened at most twice for each form
     * @param declared what the envelope says of them; only that they are binary is believed
     */
    public OutgoingContent(MailContent content, BodyType declared) {
        this.content = ApplicationContent.of(content);
        this.binary = declared == BodyType.BINARY_MIME;
    }

    @Override
    public ContentForm formFor(ServerExtensions usable, String peer, byte[] window)
            throws IOException, SmtpException {
        PreparedContent asItIs = PreparedContent.read(content, binary, window);
        FormDemands demands = FormDemands.of(asItIs.scan(), binary, usable);
        return demands.isNone() ? asItIs : encoded(demands, peer, window);
    }

    /**
     * Refuses what no next hop need take, whatever it offers, and what cannot be encoded so that it must.
     *
     * @throws SmtpException if the content is such, or cannot be read
     */
    public void check() throws SmtpException {
        byte[] window = new byte[WINDOW];
        try {
            FormDemands demands = FormDemands.ofAny(PreparedContent.read(content, binary, window).scan(), binary);
            if (!demands.isNone()) {
                encoded(demands, "the next hop", window);
            }
        } catch (IOException e) {
            throw ApplicationContent.unreadable(Phase.PREPARE, e);
        }
    }

    private EncodedForm encoded(FormDemands demands, String peer, byte[] window) throws IOException, SmtpException {
        try {
            return new EncodedForm(content, demands, window);
        } catch (UnencodableException e) {
            throw new SmtpException(Phase.PREPARE,
                    demands.reason(peer) + ", and it cannot be encoded: " + e.getMessage(), false, e);
        }
    }
}
