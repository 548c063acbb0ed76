package io.smtpra.ra.client.net;

import io.smtpra.Reply;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.TlsFacts;
import io.smtpra.ra.client.net.ConnectionBrokenException.Kind;
import io.smtpra.ra.tls.client.CertificateCheck;
import io.smtpra.ra.tls.client.ClientTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;

/**
 * What is said and heard on one connection. It turns what goes wrong with the connection itself into a
 * {@link ConnectionBrokenException}; what a reply means is for the phases to say.
 */
public final class Conversation {

    private final String host;
    private final int port;
    private final ClientTimeouts timeouts;
    private final String peer;
    private final InetAddress remoteAddress;
    private final Transport transport;
    private final Output output;
    private final Transcript transcript;
    private ReplyReader replies;
    private boolean hostVerified;
    private boolean dataAccepted;
    private Optional<Duration> firstReply = Optional.empty();
    private volatile boolean open = true;

    private Conversation(String host, int port, ClientTimeouts timeouts, Transport transport) throws IOException {
        this.host = host;
        this.port = port;
        this.timeouts = timeouts;
        this.peer = host + ":" + port;
        this.remoteAddress = transport.remoteAddress();
        this.transport = transport;
        this.output = new Output(transport, timeouts.dataBlock());
        this.transcript = new Transcript(peer + " #" + transport.localPort());
        this.replies = new ReplyReader(transport, transcript);
    }

    /**
     * Connects to one of the addresses that were not tried yet.
     *
     * @param addresses those
     * @param timeouts how long each wait may be
     * @param watchdog ends what waits too long
     * @param budget bounds connecting and all that follows, until {@link #beginMail} names another
     * @throws ConnectionBrokenException if the server cannot be reached
     */
    public static Conversation connect(
            Connector addresses, ClientTimeouts timeouts, Watchdog watchdog, SendBudget budget)
            throws ConnectionBrokenException {
        HostAddresses server = addresses.server();
        try {
            SocketChannel channel = addresses.connect(timeouts.connect(), budget);
            try {
                Wire wire = new Wire(channel, watchdog);
                budget.spendOn(wire);
                return new Conversation(server.host(), server.port(), timeouts, new Transport(wire, budget));
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw unreachable(server, budget, e);
        }
    }

    /**
     * Looks up where a server is.
     *
     * @param server which
     * @param budget of the sending
     * @return its addresses, for {@link #connect}
     * @throws ConnectionBrokenException if it is not to be found
     */
    public static Connector find(HostAddresses server, SendBudget budget) throws ConnectionBrokenException {
        try {
            return Connector.to(server);
        } catch (IOException e) {
            throw unreachable(server, budget, e);
        }
    }

    private static ConnectionBrokenException unreachable(HostAddresses server, SendBudget budget, IOException e) {
        Kind kind = e instanceof SocketTimeoutException || budget.isOver() ? Kind.TIMED_OUT : Kind.LOST;
        return new ConnectionBrokenException(Phase.CONNECT, "Cannot connect to " + server.host() + ":" + server.port()
                + " (" + (budget.isEnded() ? "the sending was ended" : Harmless.reason(e)) + ")", kind, true, e);
    }

    /** How long each wait may be. */
    public ClientTimeouts timeouts() {
        return timeouts;
    }

    /** The next hop as messages name it. */
    public String peer() {
        return peer;
    }

    /** The conversation as it goes into the log. */
    public Transcript transcript() {
        return transcript;
    }

    /** The facts of the encryption, absent in plain text. */
    public Optional<TlsFacts> tls() {
        return transport.tls();
    }

    /** Whether the peer's certificate was checked, and that it names the host that was asked for. */
    public boolean isHostVerified() {
        return hostVerified;
    }

    /** The address that we are connected to. */
    public InetAddress remoteAddress() {
        return remoteAddress;
    }

    /** Our address on this connection. */
    public String localAddress() throws IOException {
        return transport.localAddress();
    }

    /** Puts TLS on the connection, and forgets what was read before. */
    public void encrypt(ClientTls material) throws IOException {
        transport.expireAfter(timeouts().command());
        transport.encrypt(material, host, port);
        hostVerified = material.check() == CertificateCheck.CHAIN_AND_HOST;
        replies = new ReplyReader(transport, transcript);
        transcript.note("TLS " + transport.tls().map(tls -> tls.protocol() + " " + tls.cipherSuite()).orElse(""));
    }

    /** Whether the peer has said something that nobody has asked for. */
    public boolean hasUnasked() {
        return replies.hasInput() || transport.isReadable();
    }

    /** Adds a command to those that are to be said. */
    public void say(Phase phase, String command) throws SmtpException {
        if (transcript.isOn()) {
            transcript.said(command);
        }
        line(phase, command);
    }

    /** Adds a line whose visible part alone goes into the transcript. */
    public void saySecret(Phase phase, String visible, String secret) throws SmtpException {
        if (transcript.isOn()) {
            transcript.saidSecret(visible, secret.isEmpty());
        }
        line(phase, visible + secret);
    }

    /** Adds octets of content; a full buffer goes out by itself. */
    public void content(byte[] octets, int offset, int count) throws SmtpException {
        try {
            output.put(octets, offset, count);
        } catch (IOException e) {
            throw unwritten(Phase.DATA, e, timeouts().dataBlock());
        }
    }

    /** Says what was collected. */
    public void flush(Phase phase, Duration timeout) throws SmtpException {
        Duration wait = untilFirstReply(timeout);
        try {
            output.flush(wait);
        } catch (IOException e) {
            throw unwritten(phase, e, wait);
        }
    }

    /** The next reply. A 421 in place of any reply is the end (RFC 5321 section 3.8). */
    public Reply hear(Phase phase, Duration timeout) throws SmtpException {
        Reply reply;
        Duration wait = untilFirstReply(timeout);
        try {
            transport.expireAfter(wait);
            reply = replies.read();
        } catch (IOException e) {
            throw broken(phase, e, wait);
        }
        firstReply = Optional.empty();
        if (reply.code() == 421) {
            abort();
            throw new ConnectionBrokenException(phase, peer() + " ends the session", reply, !dataAccepted);
        }
        return reply;
    }

    /** Says one command and hears its reply. */
    public Reply ask(Phase phase, String command) throws SmtpException {
        return ask(phase, command, timeouts().command());
    }

    /** Says one command and hears its reply within a time of its own. */
    public Reply ask(Phase phase, String command, Duration timeout) throws SmtpException {
        requireSilence(phase);
        say(phase, command);
        flush(phase, timeouts().command());
        return hear(phase, timeout);
    }

    /** What the peer said before it was asked must not be taken for an answer. */
    public void requireSilence(Phase phase) throws SmtpException {
        if (replies.hasInput()) {
            throw violated(phase, "it said something unasked");
        }
    }

    /** Ends a mail that cannot go on; a connection on which that is not possible is given up. */
    public void reset() throws SmtpException {
        if (ask(Phase.DATA, "RSET").code() != 250) {
            abort();
        }
    }

    /**
     * A new mail begins: nothing of its content has been accepted yet.
     *
     * @param budget bounds all waits from now on
     * @param patience how long to wait for the first reply, where that is less than for others: on a kept connection,
     *     whose peer may be gone without a word
     */
    public void beginMail(SendBudget budget, Optional<Duration> patience) throws SmtpException {
        dataAccepted = false;
        firstReply = patience;
        try {
            transport.spend(budget);
        } catch (IOException e) {
            throw broken(Phase.MAIL, e, Duration.ZERO);
        }
        requireSilence(Phase.MAIL);
    }

    /** From now on octets of the content may have been accepted. */
    public void beginContent() throws SmtpException {
        requireSilence(Phase.DATA);
        dataAccepted = true;
    }

    /** The peer refuses for now what may only be too much for this connection, which is left. */
    public ConnectionBrokenException wornOut(Phase phase, Reply reply) {
        quit();
        return new ConnectionBrokenException(phase, peer() + " takes no more on this connection", reply, !dataAccepted);
    }

    /**
     * The peer does not understand a command that it offers, and may take for commands what belongs to it: on this
     * connection nothing more can be said.
     */
    public ConnectionBrokenException misunderstood(Phase phase, Reply reply) {
        abort();
        return new ConnectionBrokenException(
                phase, peer() + " does not understand what it offers: " + reply, Kind.MISUNDERSTOOD, true, null);
    }

    /** The peer does not speak SMTP as it must. */
    public ConnectionBrokenException violated(Phase phase, String how) {
        return broken(phase, new ReplyFormatException(how), Duration.ZERO);
    }

    /** The connection is gone. */
    public ConnectionBrokenException lost(Phase phase, IOException e) {
        return broken(phase, e, Duration.ZERO);
    }

    /** Whether it can be gone on with, as far as its own past tells. */
    public boolean isOpen() {
        return open && transport.isOpen();
    }

    /** Whether the peer has closed it or said something unasked, seen without waiting. */
    public boolean isStale() {
        return !isOpen() || replies.hasInput() || transport.hasEndedOrSpoken();
    }

    /**
     * Says QUIT, as far as it goes without waiting, and closes. Its reply is of no use to anybody, and whoever closes a
     * connection may be an application's thread, or a server's that has others to serve.
     */
    public void quit() {
        if (isOpen() && !replies.hasInput()) {
            try {
                transcript.said("QUIT");
                output.line("QUIT");
                output.flush(Duration.ZERO);
                transport.close();
            } catch (IOException e) {
                // It is over in any case.
            }
        }
        abort();
    }

    /** Closes without a word. */
    public void abort() {
        open = false;
        transport.abort();
    }

    private Duration untilFirstReply(Duration timeout) {
        return firstReply.filter(patience -> patience.compareTo(timeout) < 0).orElse(timeout);
    }

    private void line(Phase phase, String line) throws SmtpException {
        try {
            output.line(line);
        } catch (IOException e) {
            throw unwritten(phase, e, timeouts().dataBlock());
        }
    }

    private ConnectionBrokenException unwritten(Phase phase, IOException e, Duration timeout) {
        return lastWord(phase).orElseGet(() -> broken(phase, e, timeout));
    }

    /** A peer that closes while we write may have said why. */
    private Optional<ConnectionBrokenException> lastWord(Phase phase) {
        try {
            transport.expireAfter(Duration.ZERO);
            Reply reply = replies.read();
            if (!reply.isPositive()) {
                abort();
                return Optional.of(new ConnectionBrokenException(
                        phase, peer() + " closed the connection", reply, !dataAccepted));
            }
        } catch (IOException e) {
            // It has not.
        }
        return Optional.empty();
    }

    private ConnectionBrokenException broken(Phase phase, IOException e, Duration timeout) {
        abort();
        String doubt = phase == Phase.END_OF_DATA ? "; it may have taken the mail all the same" : "";
        if (transport.budget().isEnded() || e instanceof SocketTimeoutException && transport.budget().isOver()) {
            String why = transport.budget().isEnded() ? "The sending to " + peer() + " was ended"
                    : peer() + " did not take the mail within the " + transport.budget().whole().toMillis()
                            + " ms that its sending may take in all";
            return new ConnectionBrokenException(phase, why + doubt, Kind.TIMED_OUT, !dataAccepted, e);
        }
        if (e instanceof SocketTimeoutException && firstReply.isPresent()) {
            return new ConnectionBrokenException(phase, peer() + " did not answer on a kept connection within "
                    + timeout.toMillis() + " ms", Kind.LOST, !dataAccepted, e);
        }
        if (e instanceof SocketTimeoutException) {
            return new ConnectionBrokenException(phase, peer() + " did not go on within " + timeout.toMillis() + " ms"
                    + doubt, Kind.TIMED_OUT, !dataAccepted, e);
        }
        if (e instanceof ReplyFormatException) {
            return new ConnectionBrokenException(
                    phase, peer() + " does not speak SMTP: " + e.getMessage() + doubt, Kind.PROTOCOL, !dataAccepted, e);
        }
        return new ConnectionBrokenException(phase, "The connection to " + peer() + " was lost ("
                + Harmless.reason(e) + ")" + doubt, Kind.LOST, !dataAccepted, e);
    }
}
