package io.smtpra.ra.management;

import io.smtpra.ra.inbound.listener.ListenerRuntime;
import io.smtpra.ra.inbound.listener.access.AccessRules;
import io.smtpra.ra.inbound.listener.access.BanList;
import io.smtpra.ra.inbound.listener.access.Network;
import io.smtpra.ra.log.AdapterMessages;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Steers the listeners of one adapter while mail flows. */
public final class ListenerControl implements ListenersMXBean {

    private static final int LONGEST_BAN_MINUTES = 525_600;

    private final List<PortControl> ports;
    private final ListenerRuntime runtime;

    /**
     * Steers these.
     *
     * @param runtime what they share
     */
    public ListenerControl(List<PortControl> ports, ListenerRuntime runtime) {
        this.ports = List.copyOf(ports);
        this.runtime = runtime;
    }

    @Override
    public List<String> getListeners() {
        return ports.stream().map(port -> port.getKind() + " " + port.address() + " " + port.getState()).toList();
    }

    @Override
    public List<String> getSessions() {
        return ports.stream().flatMap(port -> port.getSessions().stream()).toList();
    }

    @Override
    public int getConnections() {
        return runtime.connectionCount();
    }

    @Override
    public void endSession(String id) {
        if (ports.stream().noneMatch(port -> port.endSession(id))) {
            throw new IllegalArgumentException("There is no session " + id);
        }
        AdapterMessages.LOG.sessionEnded(id);
    }

    @Override
    public void pause() {
        ports.forEach(PortControl::pause);
    }

    @Override
    public void turnAway() {
        ports.forEach(PortControl::turnAway);
    }

    @Override
    public void resume() {
        ports.forEach(PortControl::resume);
    }

    @Override
    public void finishSessions() {
        ports.forEach(PortControl::finishSessions);
    }

    @Override
    public int drain(int seconds) {
        return PortControl.drain(ports, runtime::connectionCount, seconds);
    }

    @Override
    public void setAccess(String allowed, String denied) {
        runtime.admitOnly(new AccessRules(networks(allowed), networks(denied)));
        AdapterMessages.LOG.accessChanged(allowed, denied);
    }

    @Override
    public List<String> getBans() {
        return runtime.bans().bans().stream().map(ListenerControl::line).toList();
    }

    @Override
    public void ban(String address, int minutes) {
        if (minutes < 1 || minutes > LONGEST_BAN_MINUTES) {
            throw new IllegalArgumentException("minutes " + minutes + ", allowed: 1 to " + LONGEST_BAN_MINUTES);
        }
        runtime.bans().ban(address(address), Duration.ofMinutes(minutes));
        AdapterMessages.LOG.banned(address, minutes);
    }

    @Override
    public boolean unban(String address) {
        return runtime.bans().clear(address(address));
    }

    @Override
    public void clearBans() {
        runtime.bans().clear();
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

    private static String line(BanList.Ban ban) {
        return ban.address().getHostAddress() + " until " + ban.until() + " refused " + ban.refused();
    }
}
