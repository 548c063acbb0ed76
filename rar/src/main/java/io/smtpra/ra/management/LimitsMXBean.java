package io.smtpra.ra.management;

/**
 * The limits of a running adapter that can be changed while mail flows, for an administrator: in the JVM's platform
 * MBean server, as {@code io.smtpra:type=Limits,listener="address:port"}. Those of a mail or a session hold for sessions that
 * begin afterwards; all of them until the adapter stops.
 */
public interface LimitsMXBean {

    /**
     * How many connections there may be at the same time, all listeners together; for new connections.
     *
     * @return as {@code maxConnections} or as it was changed here
     */
    int getMaxConnections();

    /**
     * Changes it.
     *
     * @param number 1 to 1,000,000
     * @throws IllegalArgumentException if it is none of these
     */
    void setMaxConnections(int number);

    /**
     * How many connections there may be at the same time from one address; for new connections.
     *
     * @return as {@code maxConnectionsPerAddress} or as it was changed here
     */
    int getMaxConnectionsPerAddress();

    /**
     * Changes it.
     *
     * @param number 1 to 1,000,000
     * @throws IllegalArgumentException if it is none of these
     */
    void setMaxConnectionsPerAddress(int number);

    /**
     * How many TLS handshakes of one address may fail within a minute.
     *
     * @return as {@code maxHandshakeFailures} or as it was changed here
     */
    int getMaxHandshakeFailures();

    /**
     * Changes it.
     *
     * @param number 1 to 1,000,000
     * @throws IllegalArgumentException if it is none of these
     */
    void setMaxHandshakeFailures(int number);

    /**
     * How many times an address may cross limits within an hour before it is banned.
     *
     * @return as {@code banAfter} or as it was changed here
     */
    int getBanAfter();

    /**
     * Changes it.
     *
     * @param number 0 to 1,000,000; 0: it is not
     * @throws IllegalArgumentException if it is none of these
     */
    void setBanAfter(int number);

    /**
     * How many octets a mail may have.
     *
     * @return as {@code maxMessageSize} or as it was changed here
     */
    long getMaxMessageSize();

    /**
     * Changes it.
     *
     * @param number 1 to 1,099,511,627,776
     * @throws IllegalArgumentException if it is none of these
     */
    void setMaxMessageSize(long number);

    /**
     * How many recipients a mail may have (RFC 5321 section 4.5.3.1.8).
     *
     * @return as {@code maxRecipients} or as it was changed here
     */
    int getMaxRecipients();

    /**
     * Changes it.
     *
     * @param number 100 to 1,000,000
     * @throws IllegalArgumentException if it is none of these
     */
    void setMaxRecipients(int number);

    /**
     * How many commands and contents of a session may be refused for good.
     *
     * @return as {@code maxErrors} or as it was changed here
     */
    int getMaxErrors();

    /**
     * Changes it.
     *
     * @param number 1 to 1,000,000,000
     * @throws IllegalArgumentException if it is none of these
     */
    void setMaxErrors(int number);

    /**
     * How many recipients of a session may be refused for good.
     *
     * @return as {@code maxUnknownRecipients} or as it was changed here
     */
    int getMaxUnknownRecipients();

    /**
     * Changes it.
     *
     * @param number 1 to 1,000,000,000
     * @throws IllegalArgumentException if it is none of these
     */
    void setMaxUnknownRecipients(int number);

    /**
     * How many commands of a session may bring no mail.
     *
     * @return as {@code maxJunkCommands} or as it was changed here
     */
    int getMaxJunkCommands();

    /**
     * Changes it.
     *
     * @param number 1 to 1,000,000,000
     * @throws IllegalArgumentException if it is none of these
     */
    void setMaxJunkCommands(int number);

    /**
     * How many mails may be begun in a session.
     *
     * @return as {@code maxTransactionsPerSession} or as it was changed here
     */
    int getMaxTransactionsPerSession();

    /**
     * Changes it.
     *
     * @param number 1 to 1,000,000,000
     * @throws IllegalArgumentException if it is none of these
     */
    void setMaxTransactionsPerSession(int number);
}
