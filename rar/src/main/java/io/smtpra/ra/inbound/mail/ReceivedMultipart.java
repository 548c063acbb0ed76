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
import java.nio.charset.StandardCharsets;

/** The parts of a received message: found by the API's view, where Jakarta Mail would search each level anew. */
final class ReceivedMultipart extends MimeMultipart {

    /** Octets in which the first boundary is looked for. */
    private static final int MOST_PREAMBLE = 64 * 1024;

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

    /** What stands before the first boundary, which is not for people. */
    @Override
    public synchronized String getPreamble() throws MessagingException {
        if (preamble == null && part.parameter("boundary").isPresent()) {
            preamble = receivedPreamble("--" + part.parameter("boundary").get());
        }
        return preamble;
    }

    private String receivedPreamble(String boundary) throws MessagingException {
        try (InputStream in = part.openEncoded()) {
            String start = new String(in.readNBytes(MOST_PREAMBLE), StandardCharsets.ISO_8859_1);
            int end = start.startsWith(boundary) ? 0 : start.indexOf("\n" + boundary) + 1;
            return end == 0 ? null : start.substring(0, end);
        } catch (IOException e) {
            throw new MessagingException("The mail cannot be read", e);
        }
    }

    @Override
    public synchronized void writeTo(OutputStream out) throws IOException, MessagingException {
        if (isTouched()) {
            getPreamble();
            super.writeTo(out);
            return;
        }
        try (InputStream in = part.openEncoded()) {
            in.transferTo(out);
        }
    }

    /** Where {@link ReceivedBody} may call it. */
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
