package io.smtpra.ra.inbound.smtp.hook;

import io.smtpra.ra.inbound.smtp.content.ReceivedMail;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Supplier;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.MailEnvelope;
import org.apache.james.protocols.smtp.SMTPSession;

/** A received mail as James' message hooks see it: sender, recipients, and the content with our headers. */
final class ReceivedEnvelope implements MailEnvelope {

    private final SmtpSession session;
    private final Supplier<ReceivedMail> mail;

    /**
     * A mail.
     *
     * @param mail the mail in the form that it has now
     */
    ReceivedEnvelope(SmtpSession session, Supplier<ReceivedMail> mail) {
        this.session = session;
        this.mail = mail;
    }

    @Override
    public long getSize() {
        return mail.get().content().size();
    }

    @Override
    public List<MailAddress> getRecipients() {
        return session.getAttachment(SMTPSession.RCPT_LIST, State.Transaction).orElse(List.of());
    }

    @Override
    public MaybeSender getMaybeSender() {
        return session.getAttachment(SMTPSession.SENDER, State.Transaction).orElseGet(MaybeSender::nullSender);
    }

    @Override
    public OutputStream getMessageOutputStream() throws IOException {
        throw new IOException("The content has been received whole and does not change any more");
    }

    @Override
    public InputStream getMessageInputStream() throws IOException {
        return mail.get().content().open();
    }
}
