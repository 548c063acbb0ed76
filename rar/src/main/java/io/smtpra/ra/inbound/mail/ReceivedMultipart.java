package io.smtpra.ra.inbound.mail;

import io.smtpra.mail.MailPart;
import jakarta.activation.DataSource;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The parts of a received message: found by the API's view, where Jakarta Mail would search each level anew. */
final class ReceivedMultipart extends MimeMultipart {

    private final Session session;
    private final MailPart part;
    private boolean changed;

    ReceivedMultipart(Session session, MailPart part, DataSource source) throws MessagingException {
        super(source);
        this.session = session;
        this.part = part;
        allowEmpty = true;
    }

    /** Whether parts have come or gone, or one of them is not as it came. */
    synchronized boolean isTouched() {
        if (changed || !parsed) {
            return changed;
        }
        return parts.stream().anyMatch(inner -> !(inner instanceof ReceivedPart received) || received.isTouched());
    }

    @Override
    protected void initializeProperties() {
        // no system property has a say here
    }

    @Override
    protected synchronized void parse() throws MessagingException {
        if (!parsed) {
            parsed = true;
            for (MailPart inner : part.parts()) {
                super.addBodyPart(new ReceivedPart(session, inner));
            }
            changed = false;
        }
    }

    @Override
    public synchronized void writeTo(OutputStream out) throws IOException, MessagingException {
        if (isTouched()) {
            super.writeTo(out);
            return;
        }
        try (InputStream in = part.openEncoded()) {
            in.transferTo(out);
        }
    }

    @Override
    protected synchronized void updateHeaders() throws MessagingException {
        super.updateHeaders();
    }

    @Override
    public synchronized void addBodyPart(BodyPart added) throws MessagingException {
        super.addBodyPart(added);
        changed = true;
    }

    @Override
    public synchronized void addBodyPart(BodyPart added, int index) throws MessagingException {
        super.addBodyPart(added, index);
        changed = true;
    }

    @Override
    public boolean removeBodyPart(BodyPart removed) throws MessagingException {
        boolean there = super.removeBodyPart(removed);
        changed |= there;
        return there;
    }

    @Override
    public void removeBodyPart(int index) throws MessagingException {
        super.removeBodyPart(index);
        changed = true;
    }

    @Override
    public synchronized void setPreamble(String text) throws MessagingException {
        super.setPreamble(text);
        changed = true;
    }

    @Override
    public synchronized void setSubType(String subtype) throws MessagingException {
        super.setSubType(subtype);
        changed = true;
    }
}
