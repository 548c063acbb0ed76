package io.smtpra.ra.management;

import java.util.List;

/**
 * The listeners of a running adapter, for an administrator: in the JVM's platform MBean server, as
 * {@code io.smtpra:type=Listeners,listener="address:port"}. What is changed here holds until the adapter stops.
 */
public interface ListenersMXBean {

    /**
     * The listeners.
     *
     * @return a line for each: kind, address and port, and its state as that of {@link ListenerMXBean}
     */
    List<String> getListeners();

    /**
     * The sessions that are open.
     *
     * @return a line for each: id, address, when it began, what it is at, and how far its dialogue has come
     */
    List<String> getSessions();

    /**
     * Ends a session, whatever it is at: the client hears 421. A mail whose transaction commits in this moment comes a
     * second time, as after any connection that was lost.
     *
     * @param id as the list of sessions and the log have it
     * @throws IllegalArgumentException if there is none
     */
    void endSession(String id);

    /**
     * Closes the ports for new connections. Those which are open go on.
     */
    void pause();

    /**
     * Lets new connections hear 421. Those which are open go on.
     */
    void turnAway();

    /**
     * Takes new connections again, after any of {@link #pause()}, {@link #turnAway()} and {@link #drain(int)}.
     *
     * @throws IllegalStateException if a port has gone to somebody else meanwhile
     */
    void resume();

    /**
     * Before maintenance: closes the ports, lets each client finish the mail that it has begun, and waits for the last.
     *
     * @param seconds how long to wait, 0 to 3600
     * @return how many connections are still open then; 0: it is done
     */
    int drain(int seconds);

    /**
     * How many connections are open now.
     *
     * @return the number, all listeners together
     */
    int getConnections();

    /**
     * Lets each client finish the mail that it has begun, and then hear 421; does not wait for it, nor keep new ones
     * out.
     */
    void finishSessions();

    /**
     * Who may connect, in place of {@code allowedNetworks} and {@code deniedNetworks}.
     *
     * @param allowed addresses and networks, separated by commas; empty: everybody
     * @param denied who may not, whatever is allowed
     * @throws IllegalArgumentException if one of them is none
     */
    void setAccess(String allowed, String denied);

    /**
     * The addresses that get no connection now.
     *
     * @return a line for each: address, until when, how many connections were refused
     */
    List<String> getBans();

    /**
     * Lets an address (an IPv6 network of 64 bits) have no connection for a time.
     *
     * @param address an IPv4 or IPv6 address
     * @param minutes 1 to 525,600
     * @throws IllegalArgumentException if it is no address
     */
    void ban(String address, int minutes);

    /**
     * Lets an address have connections again, and forgets what it did.
     *
     * @param address an IPv4 or IPv6 address
     * @return false if nothing was known of it
     */
    boolean unban(String address);

    /** Forgets all bans. */
    void clearBans();
}
