package io.smtpra.ra.outbound.session;

import io.smtpra.Envelope;
import io.smtpra.Mailbox;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpConnectionFactory;
import io.smtpra.SmtpException;
import io.smtpra.ra.outbound.session.TransportRecipients.Fates;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.event.MailEvent;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.event.TransportListener;
import jakarta.mail.internet.MimeMessage;
import java.util.EventListener;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Jakarta Mail's way to send, through a connection factory: pooled, bounded, and in the transaction that there is. It
 * holds nothing between two mails, so connecting says nothing to anybody, and host and port are the factory's.
 */
public class FactoryTransport extends Transport {

    /** The connection factory of a Session that names none. */
    static final String DEFAULT_FACTORY = "java:/smtp/relay";

    private final String protocol;
    private final ListenerThread listeners = new ListenerThread();
    private volatile Optional<SmtpConnectionFactory> factory = Optional.empty();
    private volatile Optional<Credentials> credentials = Optional.empty();
    private volatile boolean heard;

    /**
     * Made by a Session.
     *
     * @param session the Session
     * @param url of no meaning but for user and password
     */
    public FactoryTransport(Session session, URLName url) {
        this(session, url, "smtp");
    }

    private FactoryTransport(Session session, URLName url, String protocol) {
        super(session, url);
        this.protocol = protocol;
    }

    /** The same for those who ask for {@code smtp}. */
    public static final class Smtp extends FactoryTransport {

        /**
         * Made by a Session.
         *
         * @param session the Session
         * @param url of no meaning but for user and password
         */
        public Smtp(Session session, URLName url) {
            super(session, url, "smtp");
        }
    }

    /** The same for those who ask for {@code smtps}, and have set {@code mail.smtps.…}; TLS is the factory's affair. */
    public static final class Smtps extends FactoryTransport {

        /**
         * Made by a Session.
         *
         * @param session the Session
         * @param url of no meaning but for user and password
         */
        public Smtps(Session session, URLName url) {
            super(session, url, "smtps");
        }
    }

    /**
     * Finds the factory. A user without a password is none: Jakarta Mail puts the one in who runs the server where the
     * application names nobody.
     */
    @Override
    protected boolean protocolConnect(String host, int port, String user, String password) throws MessagingException {
        factory = Optional.of(find(Optional.ofNullable(session.getProperties().get(FactorySession.FACTORY))
                .orElse(DEFAULT_FACTORY)));
        credentials = password == null ? Optional.empty() : Optional.of(new Credentials(user, password));
        return true;
    }

    @Override
    public void addTransportListener(TransportListener listener) {
        heard = true;
        super.addTransportListener(listener);
    }

    /**
     * Sends, or holds until the transaction commits.
     *
     * @throws SendFailedException if it was refused, for all or for some, or an address is no mailbox
     * @throws MessagingException if it could not be sent; its next exception is an {@link SmtpException}
     */
    @Override
    public void sendMessage(Message message, Address[] addresses) throws MessagingException {
        SmtpConnectionFactory connected = factory.orElseThrow(() -> new IllegalStateException("Not connected"));
        if (!(message instanceof MimeMessage mail)) {
            throw new MessagingException("SMTP can only send RFC822 messages");
        }
        TransportRecipients recipients = TransportRecipients.of(addresses);
        SendReceipt receipt;
        try {
            receipt = send(connected, mail, recipients);
        } catch (SmtpException e) {
            tell(TransportEvent.MESSAGE_NOT_DELIVERED, recipients.failed(e), message);
            throw SendFailures.of(e, recipients);
        } catch (MessagingException e) {
            tell(TransportEvent.MESSAGE_NOT_DELIVERED, recipients.unsent(), message);
            throw e;
        }
        if (receipt.state() == SendReceipt.State.PENDING) {
            awaitEnd(receipt, recipients, message);
            if (recipients.fault().isPresent()) {
                throw SendFailures.malformed(recipients.fault().get(), recipients.held());
            }
            return;
        }
        Fates fates = tellSent(receipt, recipients, message);
        if (!fates.areAllSent()) {
            throw recipients.fault().isPresent() ? SendFailures.malformed(recipients.fault().get(), fates)
                    : SendFailures.partly(receipt, fates);
        }
    }

    /** Listeners hear of mails that wait for their transaction later, when that has ended. */
    @Override
    public void close() throws MessagingException {
        factory = Optional.empty();
        credentials = Optional.empty();
        if (isConnected()) {
            super.close();
        }
    }

    /**
     * Not by Jakarta Mail's queue, which forgets what it was given just before it ends, as {@code close} makes it do.
     */
    @Override
    protected void queueEvent(MailEvent event, Vector<? extends EventListener> hearers) {
        listeners.tell(event, List.copyOf(hearers));
    }

    private SendReceipt send(SmtpConnectionFactory connected, MimeMessage mail, TransportRecipients recipients)
            throws SmtpException, MessagingException {
        EnvelopeOptions options = new EnvelopeOptions(session, protocol, mail);
        if (recipients.fault().isPresent() && (!options.sendPartial() || recipients.mailboxes().isEmpty())) {
            throw SendFailures.malformed(recipients.fault().get(), recipients.unsent());
        }
        Optional<Optional<Mailbox>> byDefault = connected instanceof SenderDefault configured
                ? configured.reversePath() : Optional.empty();
        Envelope envelope = options.envelope(recipients.mailboxes(), byDefault);
        if (options.allow8bitMime()) {
            EightBitTexts.in(mail);
        }
        Optional<Credentials> user = credentials;
        try (SmtpConnection connection = user.isPresent()
                ? connected.getConnection(user.get().user, user.get().password) : connected.getConnection()) {
            return connection.send(envelope, mail);
        }
    }

    /** The message is kept for the listeners, if there are any. */
    private void awaitEnd(SendReceipt receipt, TransportRecipients recipients, Message message) {
        if (!heard) {
            return;
        }
        receipt.completion().thenAccept(ended -> {
            if (ended.state() == SendReceipt.State.SENT) {
                tellSent(ended, recipients, message);
            } else {
                tell(TransportEvent.MESSAGE_NOT_DELIVERED, ended.failure()
                        .map(recipients::failed).orElseGet(recipients::unsent), message);
            }
        });
    }

    private Fates tellSent(SendReceipt receipt, TransportRecipients recipients, Message message) {
        Fates fates = recipients.sent(receipt);
        tell(fates.areAllSent() ? TransportEvent.MESSAGE_DELIVERED : TransportEvent.MESSAGE_PARTIALLY_DELIVERED,
                fates, message);
        return fates;
    }

    private void tell(int event, Fates fates, Message message) {
        notifyTransportListeners(event, fates.sent(), fates.unsent(), fates.invalid(), message);
    }

    private static SmtpConnectionFactory find(Object named) throws MessagingException {
        Object found = named;
        if (named instanceof String name) {
            try {
                found = new InitialContext().lookup(name);
            } catch (NamingException e) {
                throw new MessagingException("There is no connection factory " + name + ": " + e, e);
            }
        }
        if (found instanceof SmtpConnectionFactory factory) {
            return factory;
        }
        throw new MessagingException(FactorySession.FACTORY + " is '" + named + "', allowed: a connection factory of"
                + " this adapter or its JNDI name; this is of " + found.getClass());
    }

    private record Credentials(String user, String password) {}
}
