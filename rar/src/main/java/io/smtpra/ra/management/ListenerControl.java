package io.smtpra.ra.management;

import io.smtpra.ra.inbound.listener.ListenerRuntime;
import io.smtpra.ra.inbound.listener.OpenSession;
import io.smtpra.ra.inbound.listener.SmtpListener;
import io.smtpra.ra.inbound.listener.access.AccessRules;
import io.smtpra.ra.inbound.listener.access.BanList;
import io.smtpra.ra.inbound.listener.access.ConnectionLimits;
import io.smtpra.ra.inbound.listener.access.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steers the listeners of one adapter while mail flows. */
public final class ListenerControl implements ListenersMXBean {

    private static final Logger LOG = LoggerFactory.getLogger(ListenerControl.class);
    private static final int MOST = 1_000_000;
    private static final int LONGEST_BAN_MINUTES = 525_600;
    private static final int LONGEST_DRAIN_SECONDS = 3_600;

    private final List<SmtpListener> listeners;
    private final ListenerRuntime runtime;

    /**
     * Steers these.
     *
     * @param runtime what they share
     */
    public ListenerControl(List<SmtpListener> listeners, ListenerRuntime runtime) {
        this.listeners = List.copyOf(listeners);
        this.runtime = runtime;
    }

    @Override
    public List<String> getListeners() {
        return listeners.stream().map(listener -> listener.kind().configurationName() + " " + listener.address() + " "
                + (listener.isTaking() ? "open" : "paused")).toList();
    }

    @Override
    public List<String> getSessions() {
        return listeners.stream().flatMap(listener -> listener.sessions().stream()).map(ListenerControl::line).toList();
    }

    @Override
    public void endSession(String id) {
        if (listeners.stream().noneMatch(listener -> listener.endSession(id))) {
            throw new IllegalArgumentException("There is no session " + id);
        }
        LOG.info("smtp-ra: session {} was ended by an administrator", id);
    }

    @Override
    public void pause() {
        listeners.forEach(listener -> listener.pause(true));
    }

    @Override
    public void turnAway() {
        listeners.forEach(listener -> listener.pause(false));
    }

    @Override
    public void resume() {
        for (SmtpListener listener : listeners) {
            try {
                listener.resume();
            } catch (IOException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
    }

    @Override
    public int drain(int seconds) {
        check("seconds", seconds, 0, LONGEST_DRAIN_SECONDS);
        pause();
        listeners.forEach(SmtpListener::finishSessions);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try {
            while (runtime.connectionCount() > 0 && System.nanoTime() - end < 0) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int left = runtime.connectionCount();
        LOG.info("smtp-ra: drained, {} connections are left", left);
        return left;
    }

    @Override
    public int getMaxConnections() {
        return limits().total();
    }

    @Override
    public void setMaxConnections(int number) {
        check("maxConnections", number, 1, MOST);
        limit(new ConnectionLimits(number, limits().perAddress(), limits().banAfter()));
    }

    @Override
    public int getMaxConnectionsPerAddress() {
        return limits().perAddress();
    }

    @Override
    public void setMaxConnectionsPerAddress(int number) {
        check("maxConnectionsPerAddress", number, 1, MOST);
        limit(new ConnectionLimits(limits().total(), number, limits().banAfter()));
    }

    @Override
    public void setAccess(String allowed, String denied) {
        runtime.admitOnly(new AccessRules(networks(allowed), networks(denied)));
        LOG.info("smtp-ra: allowedNetworks is '{}' and deniedNetworks '{}' now", allowed, denied);
    }

    @Override
    public List<String> getBans() {
        return runtime.bans().bans().stream().map(ListenerControl::line).toList();
    }

    @Override
    public void ban(String address, int minutes) {
        check("minutes", minutes, 1, LONGEST_BAN_MINUTES);
        runtime.bans().ban(address(address), Duration.ofMinutes(minutes));
        LOG.info("smtp-ra: {} is banned for {} minutes by an administrator", address, minutes);
    }

    @Override
    public boolean unban(String address) {
        return runtime.bans().clear(address(address));
    }

    @Override
    public void clearBans() {
        runtime.bans().clear();
    }

    private ConnectionLimits limits() {
        return runtime.connections().limits();
    }

    private void limit(ConnectionLimits changed) {
        runtime.connections().limit(changed);
        LOG.info("smtp-ra: maxConnections is {} and maxConnectionsPerAddress {} now", changed.total(),
                changed.perAddress());
    }

    private static List<Network> networks(String list) {
        return Arrays.stream(list.split("[,\\s]+")).filter(item -> !item.isEmpty())
                .map(item -> Network.parse(item).orElseThrow(() -> new IllegalArgumentException(
                        "'" + item + "', allowed: addresses and networks as 192.0.2.0/24 or 2001:db8::/32")))
                .toList();
    }

    private static InetAddress address(String text) {
        return Network.parse(text).filter(network -> text.indexOf('/') < 0).map(Network::first)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + text + "', allowed: an address as 192.0.2.7 or 2001:db8::7"));
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " " + value + ", allowed: " + least + " to " + most);
        }
    }

    private static String line(OpenSession session) {
        InetSocketAddress address = session.address();
        return session.id() + " " + address.getAddress().getHostAddress() + ":" + address.getPort() + " since "
                + session.since() + " " + session.phase() + " " + session.state();
    }

    private static String line(BanList.Ban ban) {
        return ban.address().getHostAddress() + " until " + ban.until() + " refused " + ban.refused();
    }
}
