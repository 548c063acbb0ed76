package io.smtpra.ra.outbound.compose;

import io.smtpra.BodyType;
import io.smtpra.MailContent;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.client.ContentForm;
import io.smtpra.ra.client.SendableContent;
import io.smtpra.ra.client.ServerExtensions;
import io.smtpra.ra.client.net.Harmless;
import jakarta.mail.MessagingException;
import java.io.IOException;

/**
 * The octets of a mail on their way out: as they are where the next hop takes that, else encoded with octets below 128
 * alone (RFC 6152 section 3).
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
        this.content = content;
        this.binary = declared == BodyType.BINARY_MIME;
    }

    @Override
    public ContentForm formFor(ServerExtensions usable, String peer, byte[] window)
            throws IOException, SmtpException {
        PreparedContent asItIs = PreparedContent.read(content, binary, window);
        boolean taken = switch (asItIs.bodyType()) {
            case SEVEN_BIT -> true;
            case EIGHT_BIT_MIME -> usable.eightBitMime();
            case BINARY_MIME -> usable.binaryMime();
        };
        return taken ? asItIs : encoded(asItIs, peer, window);
    }

    private PreparedContent encoded(PreparedContent asItIs, String peer, byte[] window)
            throws IOException, SmtpException {
        String refusal = "The mail's content is " + asItIs.bodyType().parameterValue() + ", which " + peer
                + " does not take, and it cannot be encoded";
        if (asItIs.size() > SevenBitMail.MAX_SIZE) {
            throw refused(refusal + ": it has more than " + SevenBitMail.MAX_SIZE + " octets", null);
        }
        try {
            PreparedContent encoded = PreparedContent.read(SevenBitMail.of(content), false, window);
            if (encoded.scan().isEightBitHeader() || encoded.scan().isEightBitBody()) {
                throw refused(refusal + ": it has octets above 127 outside the content of its parts", null);
            }
            return encoded;
        } catch (MessagingException | IllegalStateException e) {
            throw refused(refusal + ": " + Harmless.reason(e), e);
        }
    }

    private static SmtpException refused(String message, Exception cause) {
        return new SmtpException(Phase.PREPARE, message, false, cause);
    }
}
