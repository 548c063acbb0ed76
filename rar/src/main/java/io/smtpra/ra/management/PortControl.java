package io.smtpra.ra.management;

import io.smtpra.ra.inbound.listener.ListenerRuntime;
import io.smtpra.ra.inbound.listener.OpenSession;
import io.smtpra.ra.inbound.listener.SmtpListener;
import io.smtpra.ra.inbound.listener.access.Network;
import io.smtpra.ra.log.AdapterMessages;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Steers one port while mail flows. */
public final class PortControl implements ListenerMXBean {

    private static final int LONGEST_DRAIN_SECONDS = 3_600;
    private static final int LOOK_AGAIN_MILLIS = 50;

    private final SmtpListener listener;

    /** Steers this one. */
    public PortControl(SmtpListener listener) {
        this.listener = listener;
    }

    /**
     * Where it listens.
     *
     * @return address and port
     */
    public String address() {
        return listener.address();
    }

    @Override
    public String getKind() {
        return listener.kind().configurationName();
    }

    @Override
    public String getState() {
        return listener.state().toString();
    }

    @Override
    public int getConnections() {
        return listener.connectionCount();
    }

    @Override
    public List<String> getAllowedNetworks() {
        return listener.access().allowed().stream().map(Network::toString).toList();
    }

    @Override
    public List<String> getDeniedNetworks() {
        return listener.access().denied().stream().map(Network::toString).toList();
    }

    @Override
    public List<String> getSessions() {
        return listener.sessions().stream().map(PortControl::line).toList();
    }

    /** Ends a session, if it is one of this port's; else false. */
    boolean endSession(String id) {
        return listener.endSession(id);
    }

    @Override
    public void pause() {
        leavingNothing(() -> listener.pause(true));
    }

    @Override
    public void turnAway() {
        leavingNothing(() -> listener.pause(false));
    }

    @Override
    public void resume() {
        leavingNothing(() -> {
            try {
                listener.resume();
            } catch (IOException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        });
    }

    @Override
    public void finishSessions() {
        leavingNothing(listener::finishSessions);
    }

    @Override
    public int drain(int seconds) {
        return drain(List.of(this), this::getConnections, seconds);
    }

    /** Drains ports together; returns how many connections are left. */
    static int drain(List<PortControl> ports, IntSupplier connections, int seconds) {
        if (seconds < 0 || seconds > LONGEST_DRAIN_SECONDS) {
            throw new IllegalArgumentException("seconds " + seconds + ", allowed: 0 to " + LONGEST_DRAIN_SECONDS);
        }
        ports.forEach(PortControl::pause);
        ports.forEach(PortControl::finishSessions);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try {
            while (connections.getAsInt() > 0 && System.nanoTime() - end < 0) {
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int left = connections.getAsInt();
        AdapterMessages.LOG.drained(left);
        return left;
    }

    private static void leavingNothing(Runnable task) {
        try {
            task.run();
        } finally {
            ListenerRuntime.leaveThread();
        }
    }

    private static String line(OpenSession session) {
        InetSocketAddress address = session.address();
        return session.id() + " " + address.getAddress().getHostAddress() + ":" + address.getPort() + " since "
                + session.since() + " " + session.phase() + " " + session.state();
    }
}
