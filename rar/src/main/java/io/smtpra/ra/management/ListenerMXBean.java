package io.smtpra.ra.management;

import java.util.List;

/**
 * One port of a running adapter, for an administrator: in the JVM's platform MBean server, as
 * {@code io.smtpra:type=Listener,adapter="address:port",listener="address:port"}, the first being that by which the
 * adapter's other beans are named.
 */
public interface ListenerMXBean {

    /**
     * What it is for.
     *
     * @return {@code smtp}, {@code submission} or {@code submissions}
     */
    String getKind();

    /**
     * What becomes of who connects now.
     *
     * @return {@code open}, {@code paused} (the port is closed), or {@code turning-away}: hears 421
     */
    String getState();

    /**
     * How many connections are open now.
     *
     * @return the number
     */
    int getConnections();

    /**
     * Who may connect now, nobody else.
     *
     * @return addresses and networks; none: everybody
     */
    List<String> getAllowedNetworks();

    /**
     * Who may not connect now, whatever is allowed.
     *
     * @return addresses and networks
     */
    List<String> getDeniedNetworks();

    /**
     * The sessions that are open.
     *
     * @return a line for each: id, address, when it began, what it is at, and how far its dialogue has come
     */
    List<String> getSessions();

    /** Closes the port for new connections. Those which are open go on. */
    void pause();

    /** Lets new connections hear 421. Those which are open go on. */
    void turnAway();

    /**
     * Takes new connections again.
     *
     * @throws IllegalStateException if the port has gone to somebody else meanwhile
     */
    void resume();

    /**
     * Lets each client finish the mail that it has begun, and then hear 421; does not wait for it, nor keep new ones
     * out.
     */
    void finishSessions();

    /**
     * Closes the port, lets each client finish the mail that it has begun, and waits for the last.
     *
     * @param seconds how long to wait, 0 to 3600
     * @return how many connections are still open then; 0: it is done
     */
    int drain(int seconds);
}
