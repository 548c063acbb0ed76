package io.smtpra.ra.inbound.mail;

import io.smtpra.mail.MailAddress;
import io.smtpra.mail.MailPart;
import io.smtpra.mail.MailView;
import jakarta.activation.DataHandler;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/** A received message. Nothing that is in it makes a method throw. */
final class ReceivedMessage extends MimeMessage {

    private static final String[] NONE = {};

    private final ReceivedBody body;

    ReceivedMessage(Session session, MailPart part) {
        super(session);
        body = new ReceivedBody(this, session, part);
        headers = body.headers();
        modified = false;
        saved = true;
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
    public Address[] getFrom() {
        Address[] from = addresses("From");
        return from == null ? addresses("Sender") : from;
    }

    @Override
    public Address getSender() {
        Address[] sender = addresses("Sender");
        return sender == null ? null : sender[0];
    }

    @Override
    public Address[] getReplyTo() {
        Address[] replyTo = addresses("Reply-To");
        return replyTo == null ? getFrom() : replyTo;
    }

    @Override
    public Address[] getRecipients(Message.RecipientType type) throws MessagingException {
        return type == RecipientType.NEWSGROUPS ? super.getRecipients(type) : addresses(type.toString());
    }

    @Override
    public Address[] getAllRecipients() throws MessagingException {
        List<Address> all = new ArrayList<>();
        for (Message.RecipientType type : List.of(Message.RecipientType.TO, Message.RecipientType.CC,
                Message.RecipientType.BCC, RecipientType.NEWSGROUPS)) {
            Address[] some = getRecipients(type);
            all.addAll(some == null ? List.of() : List.of(some));
        }
        return all.isEmpty() ? null : all.toArray(Address[]::new);
    }

    @Override
    public String getSubject() {
        return body.view().header("Subject").orElse(null);
    }

    @Override
    public Date getSentDate() {
        return body.view().date().map(date -> Date.from(date.toInstant())).orElse(null);
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
    public synchronized DataHandler getDataHandler() throws MessagingException {
        return isReplaced() ? super.getDataHandler() : body.dataHandler();
    }

    @Override
    public Object getContent() throws IOException, MessagingException {
        return isReplaced() ? super.getContent() : body.content();
    }

    @Override
    public void writeTo(OutputStream out, String[] ignoreList) throws IOException, MessagingException {
        if (!saved) {
            saveChanges();
        }
        String[] ignored = ignoreList == null ? NONE : ignoreList;
        if (isReplaced()) {
            body.writeTo(out, ignored, dh, getEncoding());
        } else {
            body.writeTo(out, ignored);
        }
    }

    /** Saving adds what is missing, and a new id as always; what is there stays as it came. */
    @Override
    protected synchronized void updateHeaders() throws MessagingException {
        if (isReplaced()) {
            super.updateHeaders();
            return;
        }
        body.updateHeaders();
        if (getHeader("MIME-Version") == null) {
            setHeader("MIME-Version", "1.0");
        }
        if (getHeader("Date") == null) {
            setSentDate(new Date());
        }
        updateMessageID();
    }

    /** As Jakarta Mail has it: null if there is none. */
    private Address[] addresses(String header) {
        MailView view = body.view();
        List<Address> addresses = new ArrayList<>();
        for (MailAddress address : view.addresses(header)) {
            addresses.add(address(address));
        }
        return addresses.isEmpty() ? null : addresses.toArray(Address[]::new);
    }

    /** An entry without an address is given its name as one: an empty address is none that Jakarta Mail can bear. */
    private static InternetAddress address(MailAddress written) {
        InternetAddress address = new InternetAddress();
        address.setAddress(written.address().isEmpty() ? written.name() : written.address());
        if (!written.name().isEmpty() && !written.address().isEmpty()) {
            try {
                address.setPersonal(written.name(), StandardCharsets.UTF_8.name());
            } catch (UnsupportedEncodingException e) {
                throw new IllegalStateException("UTF-8 is not supported", e);
            }
        }
        return address;
    }
}
