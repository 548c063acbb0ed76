package io.smtpra.ra.outbound.form;

import io.smtpra.BodyType;
import io.smtpra.MailContent;
import io.smtpra.SmtpException.Phase;
import io.smtpra.SmtpException;
import io.smtpra.compose.MessageIdFinder;
import io.smtpra.ra.authenticity.dkim.HeaderFields;
import io.smtpra.ra.authenticity.dkim.sign.MailSigner;
import io.smtpra.ra.authenticity.dkim.sign.SigningKeys;
import io.smtpra.ra.client.transfer.ContentForm;
import io.smtpra.ra.client.transfer.SendableContent;
import io.smtpra.ra.client.transfer.ServerExtensions;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The octets of a mail on their way out: as they are where the next hop takes that, else encoded as far as it must be:
 * with octets below 128 alone (RFC 6152 section 3), or in shorter lines.
 */
public final class OutgoingContent implements SendableContent {

    /** Whether a content was signed. */
    public enum Signing {
        /** There are no keys, or it was not looked at yet. */
        OFF,
        /** It has its signatures. */
        SIGNED,
        /** No key is for its author. */
        UNSIGNED,
        /** The signature could not be made. */
        FAILED
    }

    private static final Logger LOG = LoggerFactory.getLogger(OutgoingContent.class);
    /** As most headers have before their Message-ID. */
    private static final int FIRST_LOOK = 2 * 1_024;

    private final MailContent content;
    private final boolean binary;
    private final Optional<SigningKeys> keys;
    private Signing signing = Signing.OFF;
    private Optional<Optional<String>> messageId = Optional.empty();

    /**
     * A content that was not looked at yet, and is not signed.
     *
     * @param content the octets; opened at most twice for each form
     * @param declared what the envelope says of them; only that they are binary is believed
     */
    public OutgoingContent(MailContent content, BodyType declared) {
        this(content, declared, Optional.empty());
    }

    /**
     * A content that was not looked at yet.
     *
     * @param content the octets; opened at most twice for each form, and twice more if it is signed
     * @param declared what the envelope says of them; only that they are binary is believed
     * @param keys by which it is signed; absent if it is not
     */
    public OutgoingContent(MailContent content, BodyType declared, Optional<SigningKeys> keys) {
        this.content = ApplicationContent.of(content);
        this.binary = declared == BodyType.BINARY_MIME;
        this.keys = keys;
    }

    @Override
    public ContentForm formFor(ServerExtensions usable, String peer, byte[] window)
            throws IOException, SmtpException {
        Optional<MailSigner> signer = keys.isPresent() ? keys.get().signer(header(window)) : Optional.empty();
        PreparedContent asItIs = PreparedContent.read(content, binary, window);
        messageId = Optional.of(asItIs.messageId());
        FormDemands demands = FormDemands.of(asItIs.scan(), binary, usable);
        if (signer.isEmpty()) {
            signing = keys.isPresent() ? Signing.UNSIGNED : Signing.OFF;
            return demands.isNone() ? asItIs : encoded(demands, peer, window);
        }
        signing = Signing.SIGNED;
        return new SignedForm(toBeSigned(asItIs, demands, peer, window), signer.get(), Clock.systemUTC(),
                () -> signing = Signing.FAILED);
    }

    /**
     * The {@code Message-ID}, fit for a line of the log; looked for in the first octets, as many as a window has.
     * Absent if there is none, or the content cannot be read.
     */
    public Optional<String> messageId() {
        if (messageId.isEmpty()) {
            MessageIdFinder finder = new MessageIdFinder();
            byte[] window = new byte[FIRST_LOOK];
            try (InputStream in = content.open()) {
                int left = WINDOW;
                for (int read = 0; read >= 0 && left > 0 && !finder.isOver(); read = in.read(window)) {
                    finder.look(window, 0, read);
                    left -= read;
                }
            } catch (IOException e) {
                LOG.debug("The content cannot be read for its Message-ID", e);
            }
            messageId = Optional.of(finder.found());
        }
        return messageId.get();
    }

    /** Whether it was signed in its last form. */
    public Signing signing() {
        return signing;
    }

    /** In a form that nobody need change on the way, if it can be; else in one that the next hop takes. */
    private ContentForm toBeSigned(PreparedContent asItIs, FormDemands demands, String peer, byte[] window)
            throws IOException, SmtpException {
        FormDemands wanted = demands.toBeSigned(asItIs.scan(), binary);
        if (wanted.isNone()) {
            return asItIs;
        }
        try {
            return new EncodedForm(content, wanted, window);
        } catch (UnencodableException e) {
            return demands.isNone() ? PreparedContent.read(content, binary, window) : encoded(demands, peer, window);
        }
    }

    /** The header, whatever the line ends of the content are. */
    private HeaderFields header(byte[] buffer) throws IOException, SmtpException {
        HeaderFields header = new HeaderFields();
        LineRepair repair = new LineRepair((octets, from, count) -> header.add(octets, from, from + count), false);
        try (InputStream in = content.open()) {
            for (int read = 0; read >= 0 && !header.hasEnded(); read = in.read(buffer)) {
                repair.write(buffer, 0, read);
            }
        }
        header.end();
        return header;
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
