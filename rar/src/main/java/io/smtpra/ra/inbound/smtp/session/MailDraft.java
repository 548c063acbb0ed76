package io.smtpra.ra.inbound.smtp.session;

import io.smtpra.BodyType;
import io.smtpra.DsnReturn;
import io.smtpra.Mailbox;
import java.util.Optional;

/** What a {@code MAIL} says, while its parameters are read and its hooks are asked. */
public final class MailDraft {

    private final Optional<Mailbox> reversePath;
    private final boolean ascii;
    private BodyType bodyType = BodyType.SEVEN_BIT;
    private boolean smtpUtf8;
    private boolean requireTls;
    private Optional<DsnReturn> dsnReturn = Optional.empty();
    private Optional<String> envelopeId = Optional.empty();

    /**
     * A draft.
     *
     * @param ascii whether the path is in ASCII as the client wrote it
     */
    public MailDraft(Optional<Mailbox> reversePath, boolean ascii) {
        this.reversePath = reversePath;
        this.ascii = ascii;
    }

    public Optional<Mailbox> reversePath() {
        return reversePath;
    }

    public void bodyType(BodyType value) {
        bodyType = value;
    }

    public void smtpUtf8() {
        smtpUtf8 = true;
    }

    public void requireTls() {
        requireTls = true;
    }

    public void dsnReturn(DsnReturn value) {
        dsnReturn = Optional.of(value);
    }

    public void envelopeId(Optional<String> value) {
        envelopeId = value;
    }

    /** Whether the path needs SMTPUTF8 (RFC 6531), and the client has not said it. */
    public boolean isUtf8Missing() {
        return !ascii && !smtpUtf8;
    }

    /** What it has come to. */
    public Sender sender() {
        return new Sender(reversePath, bodyType, smtpUtf8, requireTls, dsnReturn, envelopeId);
    }
}
