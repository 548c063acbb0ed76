package io.smtpra.ra.management;

import io.smtpra.ra.inbound.listener.ListenerRuntime;
import io.smtpra.ra.inbound.listener.access.ConnectionLimits;
import io.smtpra.ra.inbound.smtp.rules.LiveLimits;
import io.smtpra.ra.inbound.smtp.rules.ProtocolLimits;
import io.smtpra.ra.log.AdapterMessages;
import java.util.function.UnaryOperator;

/** Changes the limits of one adapter while mail flows. */
public final class LimitControl implements LimitsMXBean {

    private static final long MOST_CONNECTIONS = 1_000_000;
    private static final long MOST_RECIPIENTS = 1_000_000;
    private static final long MOST = 1_000_000_000;
    private static final long MOST_OCTETS = 1L << 40;

    private final ListenerRuntime listeners;
    private final LiveLimits sessions;

    /**
     * Changes these.
     *
     * @param listeners limits of connections
     * @param sessions limits of sessions
     */
    public LimitControl(ListenerRuntime listeners, LiveLimits sessions) {
        this.listeners = listeners;
        this.sessions = sessions;
    }

    @Override
    public int getMaxConnections() {
        return connections().total();
    }

    @Override
    public void setMaxConnections(int number) {
        check("maxConnections", number, 1, MOST_CONNECTIONS);
        listeners.connections().limit(new ConnectionLimits(number, connections().perAddress()));
    }

    @Override
    public int getMaxConnectionsPerAddress() {
        return connections().perAddress();
    }

    @Override
    public void setMaxConnectionsPerAddress(int number) {
        check("maxConnectionsPerAddress", number, 1, MOST_CONNECTIONS);
        listeners.connections().limit(new ConnectionLimits(connections().total(), number));
    }

    @Override
    public int getMaxHandshakeFailures() {
        return listeners.handshakeFailures().perMinute();
    }

    @Override
    public void setMaxHandshakeFailures(int number) {
        check("maxHandshakeFailures", number, 1, MOST_CONNECTIONS);
        listeners.handshakeFailures().perMinute(number);
    }

    @Override
    public int getBanAfter() {
        return listeners.bans().banAfter();
    }

    @Override
    public void setBanAfter(int number) {
        check("banAfter", number, 0, MOST_CONNECTIONS);
        listeners.bans().banAfter(number);
    }

    @Override
    public long getMaxMessageSize() {
        return sessions.current().maxMessageSize();
    }

    @Override
    public void setMaxMessageSize(long number) {
        change("maxMessageSize", number, 1, MOST_OCTETS, now -> now.withMaxMessageSize(number));
    }

    @Override
    public int getMaxRecipients() {
        return sessions.current().maxRecipients();
    }

    @Override
    public void setMaxRecipients(int number) {
        change("maxRecipients", number, 100, MOST_RECIPIENTS, now -> now.withMaxRecipients(number));
    }

    @Override
    public int getMaxErrors() {
        return sessions.current().maxErrors();
    }

    @Override
    public void setMaxErrors(int number) {
        change("maxErrors", number, 1, MOST, now -> now.withMaxErrors(number));
    }

    @Override
    public int getMaxUnknownRecipients() {
        return sessions.current().maxUnknownRecipients();
    }

    @Override
    public void setMaxUnknownRecipients(int number) {
        change("maxUnknownRecipients", number, 1, MOST, now -> now.withMaxUnknownRecipients(number));
    }

    @Override
    public int getMaxJunkCommands() {
        return sessions.current().maxJunkCommands();
    }

    @Override
    public void setMaxJunkCommands(int number) {
        change("maxJunkCommands", number, 1, MOST, now -> now.withMaxJunkCommands(number));
    }

    @Override
    public int getMaxTransactionsPerSession() {
        return sessions.current().maxTransactionsPerSession();
    }

    @Override
    public void setMaxTransactionsPerSession(int number) {
        change("maxTransactionsPerSession", number, 1, MOST, now -> now.withMaxTransactionsPerSession(number));
    }

    private ConnectionLimits connections() {
        return listeners.connections().limits();
    }

    private void change(String name, long number, long least, long most, UnaryOperator<ProtocolLimits> change) {
        check(name, number, least, most);
        sessions.change(change);
    }

    private static void check(String name, long number, long least, long most) {
        if (number < least || number > most) {
            throw new IllegalArgumentException(name + " " + number + ", allowed: " + least + " to " + most);
        }
        AdapterMessages.LOG.limitChanged(name, number);
    }
}
