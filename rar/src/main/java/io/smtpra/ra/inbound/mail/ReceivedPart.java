package io.smtpra.ra.inbound.mail;

import io.smtpra.mail.MailPart;
import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A part of a received message. Nothing that is in it makes a method throw. */
final class ReceivedPart extends MimeBodyPart {

    private static final String[] NONE = {};

    private final ReceivedBody body;

    ReceivedPart(Session session, MailPart part) {
        body = new ReceivedBody(this, session, part);
        headers = body.headers();
    }

    /** Whether it is not as it came. */
    boolean isTouched() {
        return isReplaced() || body.isTouched();
    }

    /** A bean has put another content in: then Jakarta Mail knows best. */
    private boolean isReplaced() {
        return dh != null;
    }

    @Override
    public int getSize() throws MessagingException {
        return isReplaced() ? super.getSize() : body.size();
    }

    @Override
    public String getContentType() throws MessagingException {
        return isReplaced() ? super.getContentType() : body.contentType();
    }

    @Override
    public boolean isMimeType(String mimeType) throws MessagingException {
        return isReplaced() ? super.isMimeType(mimeType) : body.isMimeType(mimeType);
    }

    @Override
    public String getDisposition() {
        return body.header().disposition().orElse(null);
    }

    @Override
    public String getEncoding() {
        return body.encoding();
    }

    @Override
    public String[] getContentLanguage() {
        return body.languages();
    }

    @Override
    public String getDescription() {
        return body.header().header("Content-Description").orElse(null);
    }

    @Override
    public String getFileName() {
        return body.fileName();
    }

    @Override
    public InputStream getInputStream() throws IOException, MessagingException {
        return isReplaced() ? super.getInputStream() : body.open();
    }

    @Override
    protected InputStream getContentStream() throws MessagingException {
        return isReplaced() ? super.getContentStream() : getRawInputStream();
    }

    @Override
    public InputStream getRawInputStream() throws MessagingException {
        if (isReplaced()) {
            return super.getRawInputStream();
        }
        try {
            return body.openEncoded();
        } catch (IOException e) {
            throw new MessagingException("The mail cannot be read", e);
        }
    }

    @Override
    public DataHandler getDataHandler() throws MessagingException {
        return isReplaced() ? super.getDataHandler() : body.dataHandler();
    }

    @Override
    public Object getContent() throws IOException, MessagingException {
        return isReplaced() ? super.getContent() : body.content();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException, MessagingException {
        if (isReplaced()) {
            body.writeTo(out, NONE, dh, getEncoding());
        } else {
            body.writeTo(out, NONE);
        }
    }

    @Override
    protected void updateHeaders() throws MessagingException {
        if (isReplaced()) {
            super.updateHeaders();
        } else {
            body.updateHeaders();
        }
    }
}
