package io.smtpra.ra.outbound.form;

import io.smtpra.BodyType;
import io.smtpra.SmtpException.Phase;
import io.smtpra.SmtpException;
import io.smtpra.ra.authenticity.dkim.sign.MailSigner;
import io.smtpra.ra.authenticity.dkim.sign.SignatureDraft;
import io.smtpra.ra.authenticity.dkim.sign.SigningPass;
import io.smtpra.ra.client.transfer.ContentForm;
import io.smtpra.ra.client.transfer.ContentSink;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;

/** A content with signatures before it (RFC 6376), which are over the octets in the form in which they leave. */
final class SignedForm implements ContentForm {

    private final ContentForm form;
    private final MailSigner signer;
    private final SignatureDraft draft;
    private final Runnable onFailure;
    private byte[] signatures = {};

    /**
     * Reads the form once.
     *
     * @param onFailure hears that it cannot be signed
     */
    SignedForm(ContentForm form, MailSigner signer, Clock clock, Runnable onFailure) throws IOException, SmtpException {
        this.form = form;
        this.signer = signer;
        this.onFailure = onFailure;
        SigningPass pass = new SigningPass(signer, clock);
        form.writeTo((octets, offset, count) -> pass.add(octets, offset, offset + count), false);
        this.draft = pass.end();
    }

    @Override
    public long size() {
        return draft.length() + form.size();
    }

    @Override
    public BodyType bodyType() {
        return form.bodyType();
    }

    @Override
    public boolean needsUtf8() {
        return form.needsUtf8();
    }

    @Override
    public void prepare() throws SmtpException {
        try {
            signatures = draft.sign();
        } catch (GeneralSecurityException e) {
            onFailure.run();
            throw new SmtpException(Phase.PREPARE, "The mail cannot be signed (DKIM) for " + signer.domain() + ": "
                    + e.getMessage(), true, e);
        }
    }

    @Override
    public void writeTo(ContentSink sink, boolean dotStuffing) throws IOException, SmtpException {
        sink.put(signatures, 0, signatures.length);
        form.writeTo(sink, dotStuffing);
    }
}
