package io.smtpra.ra.management;

import io.smtpra.ra.inbound.listener.ListenerRuntime;
import io.smtpra.ra.inbound.listener.access.ConnectionLimits;
import io.smtpra.ra.inbound.smtp.rules.LiveLimits;
import io.smtpra.ra.inbound.smtp.rules.ProtocolLimits;
import io.smtpra.ra.log.AdapterMessages;
import java.util.function.UnaryOperator;

/** Changes the limits of one adapter while mail flows. */
public final class LimitControl implements LimitsMXBean {

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
        change("maxConnections", number, 1, ConnectionLimits.MOST,
                () -> listeners.connections().limit(new ConnectionLimits(number, connections().perAddress())));
    }

    @Override
    public int getMaxConnectionsPerAddress() {
        return connections().perAddress();
    }

    @Override
    public void setMaxConnectionsPerAddress(int number) {
        change("maxConnectionsPerAddress", number, 1, ConnectionLimits.MOST,
                () -> listeners.connections().limit(new ConnectionLimits(connections().total(), number)));
    }

    @Override
    public int getMaxHandshakeFailures() {
        return listeners.handshakeFailures().perMinute();
    }

    @Override
    public void setMaxHandshakeFailures(int number) {
        change("maxHandshakeFailures", number, 1, ConnectionLimits.MOST,
                () -> listeners.handshakeFailures().perMinute(number));
    }

    @Override
    public int getBanAfter() {
        return listeners.bans().banAfter();
    }

    @Override
    public void setBanAfter(int number) {
        change("banAfter", number, 0, ConnectionLimits.MOST, () -> listeners.bans().banAfter(number));
    }

    @Override
    public long getMaxMessageSize() {
        return sessions.current().maxMessageSize();
    }

    @Override
    public void setMaxMessageSize(long number) {
        ofSessions("maxMessageSize", number, 1, ProtocolLimits.MOST_OCTETS,
                now -> now.withMaxMessageSize(number));
    }

    @Override
    public int getMaxRecipients() {
        return sessions.current().maxRecipients();
    }

    @Override
    public void setMaxRecipients(int number) {
        ofSessions("maxRecipients", number, ProtocolLimits.LEAST_RECIPIENTS, ProtocolLimits.MOST_RECIPIENTS,
                now -> now.withMaxRecipients(number));
    }

    @Override
    public int getMaxErrors() {
        return sessions.current().maxErrors();
    }

    @Override
    public void setMaxErrors(int number) {
        ofSessions("maxErrors", number, 1, ProtocolLimits.MOST,
                now -> now.withMaxErrors(number));
    }

    @Override
    public int getMaxUnknownRecipients() {
        return sessions.current().maxUnknownRecipients();
    }

    @Override
    public void setMaxUnknownRecipients(int number) {
        ofSessions("maxUnknownRecipients", number, 1, ProtocolLimits.MOST,
                now -> now.withMaxUnknownRecipients(number));
    }

    @Override
    public int getMaxJunkCommands() {
        return sessions.current().maxJunkCommands();
    }

    @Override
    public void setMaxJunkCommands(int number) {
        ofSessions("maxJunkCommands", number, 1, ProtocolLimits.MOST,
                now -> now.withMaxJunkCommands(number));
    }

    @Override
    public int getMaxTransactionsPerSession() {
        return sessions.current().maxTransactionsPerSession();
    }

    @Override
    public void setMaxTransactionsPerSession(int number) {
        ofSessions("maxTransactionsPerSession", number, 1, ProtocolLimits.MOST,
                now -> now.withMaxTransactionsPerSession(number));
    }

    private ConnectionLimits connections() {
        return listeners.connections().limits();
    }

    private void ofSessions(String name, long number, long least, long most, UnaryOperator<ProtocolLimits> change) {
        change(name, number, least, most, () -> sessions.change(change));
    }

    private static void change(String name, long number, long least, long most, Runnable change) {
        if (number < least || number > most) {
            throw new IllegalArgumentException(name + " " + number + ", allowed: " + least + " to " + most);
        }
        change.run();
        AdapterMessages.LOG.limitChanged(name, number);
    }
}
