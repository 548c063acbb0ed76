package io.smtpra.testkit;

import io.smtpra.InboundMail;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A mail server of its own, in the test's process: it takes mail for everybody and keeps it. It is the adapter's
 * listener, so that what is sent to it is read as in production, and each mail is an {@link InboundMail} that a bean's
 * {@code onMail} can be called with. It listens on the loopback address alone.
 *
 * <pre>{@code
 * try (Inbox inbox = Inbox.open()) {
 *     send("127.0.0.1", inbox.port());
 *     assertEquals("Hello", inbox.awaitMail().view().subject());
 * }
 * }</pre>
 *
 * <p>May be used by several threads.
 */
public final class Inbox implements AutoCloseable {

    /** How long {@link #awaitMail()} and {@link #awaitMails(int)} wait. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private final InboxScript script = new InboxScript();
    private final InboxTranscript transcript = new InboxTranscript();
    private final InboxMails mails;
    private final InboxServer server;

    private Inbox(Builder builder) throws IOException {
        mails = new InboxMails(InboxServer.HOST_NAME, script);
        server = InboxServer.start(builder, script, transcript, mails);
    }

    /**
     * Opens an inbox on a free port, with STARTTLS on offer.
     *
     * @return the inbox
     * @throws IOException if it cannot listen
     */
    public static Inbox open() throws IOException {
        return builder().open();
    }

    /**
     * Starts an inbox that is not as usual.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Where it listens.
     *
     * @return the loopback address
     */
    public String host() {
        return InetAddress.getLoopbackAddress().getHostAddress();
    }

    /**
     * Where it listens.
     *
     * @return the port
     */
    public int port() {
        return server.port();
    }

    /**
     * The certificate that it shows, for {@code localhost} and {@code 127.0.0.1}.
     *
     * @return a certificate that it has signed itself
     */
    public X509Certificate certificate() {
        return server.certificate().certificate();
    }

    /**
     * The certificate in a file, for what is told by a path whom to trust.
     *
     * @return a PEM file, which is there until the inbox is closed
     */
    public Path certificateFile() {
        return server.certificate().file();
    }

    /**
     * A TLS context for clients, which trusts this inbox and nobody else.
     *
     * @return the context
     */
    public SSLContext trustingContext() {
        return server.certificate().trustingContext();
    }

    /**
     * The mails that it has taken: each is here before its sender hears {@code 250}. They stay readable, also when the
     * inbox is closed.
     *
     * @return in the order of their arrival
     */
    public List<InboundMail> mails() {
        return mails.all();
    }

    /**
     * Waits for a mail.
     *
     * @return the first one
     * @throws AssertionError if there is none in time; its message has the dialogue
     */
    public InboundMail awaitMail() {
        return awaitMails(1).get(0);
    }

    /**
     * Waits for mails.
     *
     * @param count how many at least
     * @return all that are there then
     * @throws AssertionError if there are fewer in time; its message has the dialogue
     */
    public List<InboundMail> awaitMails(int count) {
        return awaitMails(count, PATIENCE);
    }

    /**
     * Waits for mails.
     *
     * @param count how many at least
     * @param patience for how long
     * @return all that are there then
     * @throws AssertionError if there are fewer in time; its message has the dialogue
     */
    public List<InboundMail> awaitMails(int count, Duration patience) {
        List<InboundMail> there = mails.await(count, patience);
        if (there.size() < count) {
            throw new AssertionError("There are " + there.size() + " mails of " + count + " after "
                    + patience.toMillis() + " ms. The dialogue was\n" + String.join("\n", transcript()));
        }
        return there;
    }

    /**
     * What was said, all connections together: {@code C:} and a client's line, {@code S:} and ours. It has neither
     * contents nor passwords.
     *
     * @return the latest 10,000 lines
     */
    public List<String> transcript() {
        return transcript.lines();
    }

    /**
     * Begins to say what is answered at a step in place of the usual answer.
     *
     * @param step of a client's dialogue
     * @return to be ended with {@code refuse}, {@code hangUp} or {@code late}
     */
    public InboxAnswer at(InboxStep step) {
        return new InboxAnswer(this, script, Objects.requireNonNull(step, "step"));
    }

    /** Forgets mails, answers to come, and the dialogue. Connections stay. */
    public void clear() {
        script.clear();
        mails.clear();
        transcript.clear();
    }

    /** Ends it, and all connections to it. */
    @Override
    public void close() {
        server.close();
    }

    @Override
    public String toString() {
        return "inbox on " + host() + ":" + port();
    }

    /** Says how an inbox is to be. */
    public static final class Builder {

        private int port;
        private InboxTls tls = InboxTls.OFFERED;
        private Optional<InboxUser> user = Optional.empty();

        private Builder() {}

        /**
         * Sets the port.
         *
         * @param number 1 to 65535, or 0 for any free one
         * @return this builder
         */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /**
         * Sets whether it speaks TLS.
         *
         * @param how it does
         * @return this builder
         */
        public Builder tls(InboxTls how) {
            tls = Objects.requireNonNull(how, "tls");
            return this;
        }

        /**
         * Lets in who authenticates, inside TLS, by PLAIN or LOGIN, and nobody else.
         *
         * @param name the user
         * @param password the password
         * @return this builder
         */
        public Builder user(String name, String password) {
            user = Optional.of(new InboxUser(name, password));
            return this;
        }

        /**
         * Opens the inbox.
         *
         * @return the inbox, to be closed by the caller
         * @throws IOException if it cannot listen
         * @throws IllegalArgumentException if there is a user and no TLS
         */
        public Inbox open() throws IOException {
            if (user.isPresent() && tls == InboxTls.OFF) {
                throw new IllegalArgumentException("Who authenticates does so in TLS: tls OFF has no user");
            }
            return new Inbox(this);
        }

        int port() {
            return port;
        }

        InboxTls tls() {
            return tls;
        }

        Optional<InboxUser> user() {
            return user;
        }
    }

    /** Who may authenticate. */
    record InboxUser(String name, String password) {

        InboxUser {
            if (name.isEmpty() || password.isEmpty()) {
                throw new IllegalArgumentException("A user has a name and a password");
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
