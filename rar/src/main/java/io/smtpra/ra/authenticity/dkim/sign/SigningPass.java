package io.smtpra.ra.authenticity.dkim.sign;

import io.smtpra.ra.authenticity.dkim.BodyDigest;
import io.smtpra.ra.authenticity.dkim.Canonicalization;
import io.smtpra.ra.authenticity.dkim.HeaderFields;
import java.time.Clock;

/** Takes the octets of a mail as they will leave, and keeps no more of them than its header. */
public final class SigningPass {

    private final MailSigner signer;
    private final Clock clock;
    private final HeaderFields header = new HeaderFields();
    private final BodyDigest body = new BodyDigest(Canonicalization.RELAXED, Long.MAX_VALUE);

    /**
     * For one mail.
     *
     * @param signer who signs it
     * @param clock tells when
     */
    public SigningPass(MailSigner signer, Clock clock) {
        this.signer = signer;
        this.clock = clock;
    }

    /** Takes the next octets; every line has its end. */
    public void add(byte[] in, int from, int to) {
        int start = header.hasEnded() ? from : header.add(in, from, to);
        body.add(in, start, to);
    }

    /** The mail has ended. */
    public SignatureDraft end() {
        header.end();
        return new SignatureDraft(signer, header, body.end(), clock.instant().getEpochSecond());
    }
}
