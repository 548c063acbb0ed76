package io.smtpra.ra.telemetry;

/**
 * A figure of a running adapter, under one name wherever it is read: as an attribute in the server's management model and
 * in JMX, and in docs/statistics.md.
 */
public enum Statistic {

    CONNECTIONS_OPEN("ConnectionsOpen", Kind.GAUGE, "connections", "Connections open now, of all listeners."),
    CONNECTIONS_ACCEPTED("ConnectionsAccepted", Kind.COUNTER, "connections",
            "Connections that passed the limits and access rules."),
    CONNECTIONS_REFUSED_IN_ALL("ConnectionsRefusedInAll", Kind.COUNTER, "connections",
            "Connections refused because there were too many in all (maxConnections)."),
    CONNECTIONS_REFUSED_PER_ADDRESS("ConnectionsRefusedPerAddress", Kind.COUNTER, "connections",
            "Connections refused because there were too many from one address (maxConnectionsPerAddress)."),
    CONNECTIONS_REFUSED_BY_ACCESS("ConnectionsRefusedByAccess", Kind.COUNTER, "connections",
            "Connections refused by allowedNetworks or deniedNetworks."),
    CONNECTIONS_REFUSED_BY_BAN("ConnectionsRefusedByBan", Kind.COUNTER, "connections",
            "Connections refused because their address is banned for a time."),
    CONNECTIONS_REFUSED_BY_PROXY_RULES("ConnectionsRefusedByProxyRules", Kind.COUNTER, "connections",
            "Connections dropped for want of a PROXY header, or because they came from no proxy."),

    TLS_1_3("TlsHandshakes13", Kind.COUNTER, "handshakes", "Inbound handshakes that reached TLS 1.3."),
    TLS_1_2("TlsHandshakes12", Kind.COUNTER, "handshakes", "Inbound handshakes that reached TLS 1.2."),
    TLS_OTHER("TlsHandshakesOther", Kind.COUNTER, "handshakes", "Inbound handshakes that reached another version."),
    TLS_FAILED("TlsHandshakesFailed", Kind.COUNTER, "handshakes",
            "Inbound handshakes that a client began and that failed."),

    SESSIONS("Sessions", Kind.COUNTER, "sessions", "Sessions begun, each with a greeting."),
    SESSIONS_SENT_AWAY("SessionsSentAway", Kind.COUNTER, "sessions",
            "Sessions that this side ended with a refusal: too many errors, time-outs, shutdown."),

    MAILS_ACCEPTED("MailsAccepted", Kind.COUNTER, "mails", "Mails answered with 2xx after their content."),
    MAILS_DEFERRED("MailsDeferred", Kind.COUNTER, "mails", "Mails answered with 4xx after their content."),
    MAILS_REFUSED("MailsRefused", Kind.COUNTER, "mails", "Mails answered with 5xx after their content."),
    MAILS_LOST("MailsUnfinished", Kind.COUNTER, "mails", "Mails whose content the client did not end."),
    SENDERS_REFUSED("SendersRefused", Kind.COUNTER, "commands", "MAIL commands answered with 4xx or 5xx."),
    RECIPIENTS_DEFERRED("RecipientsDeferred", Kind.COUNTER, "recipients", "Recipients answered with 4xx."),
    RECIPIENTS_REFUSED("RecipientsRefused", Kind.COUNTER, "recipients", "Recipients answered with 5xx."),
    OCTETS_ACCEPTED("OctetsAccepted", Kind.COUNTER, "octets", "Content of the mails accepted."),

    AUTH_SUCCEEDED("AuthenticationsSucceeded", Kind.COUNTER, "exchanges", "AUTH exchanges that made a user known."),
    AUTH_REFUSED("AuthenticationsRefused", Kind.COUNTER, "exchanges", "AUTH exchanges with wrong credentials."),
    AUTH_SHUT_OUT("AuthenticationsShutOut", Kind.COUNTER, "exchanges",
            "AUTH exchanges not tried after too many wrong ones."),
    AUTH_UNAVAILABLE("AuthenticationsUnavailable", Kind.COUNTER, "exchanges",
            "AUTH exchanges for which the server could not be asked."),

    DELIVERIES_RUNNING("DeliveriesRunning", Kind.GAUGE, "mails", "Mails that beans are at work on now."),
    DELIVERIES_QUEUED("DeliveriesQueued", Kind.GAUGE, "mails", "Mails that wait for a bean now."),
    ACCEPTANCE_P50("AcceptanceMillis50", Kind.TIME, "milliseconds",
            "From the end of a content to its reply: half of the mails of the last five minutes took no longer."),
    ACCEPTANCE_P95("AcceptanceMillis95", Kind.TIME, "milliseconds", "The same for 95 in 100 mails."),
    ACCEPTANCE_P99("AcceptanceMillis99", Kind.TIME, "milliseconds", "The same for 99 in 100 mails."),

    MEMORY_IN_USE("MemoryInUse", Kind.GAUGE, "octets", "Memory that contents take now (maxMemory)."),
    SPOOL_FILES("SpoolFiles", Kind.GAUGE, "files", "Contents that are in the spool directory now."),

    OUTBOUND_SENT("OutboundSent", Kind.COUNTER, "mails", "Mails that a next hop took."),
    OUTBOUND_DEFERRED("OutboundDeferred", Kind.COUNTER, "mails", "Sendings that failed and may succeed later."),
    OUTBOUND_REFUSED("OutboundRefused", Kind.COUNTER, "mails", "Sendings that failed for good."),
    OUTBOUND_OCTETS("OutboundOctets", Kind.COUNTER, "octets", "Content of the mails that a next hop took."),
    OUTBOUND_TLS("OutboundOverTls", Kind.COUNTER, "mails", "Mails that left over TLS."),
    OUTBOUND_PLAIN("OutboundInPlainText", Kind.COUNTER, "mails", "Mails that left in plain text."),
    SENDING_P50("SendingMillis50", Kind.TIME, "milliseconds",
            "How long a sending took: half of those of the last five minutes took no longer."),
    SENDING_P95("SendingMillis95", Kind.TIME, "milliseconds", "The same for 95 in 100 sendings."),
    SENDING_P99("SendingMillis99", Kind.TIME, "milliseconds", "The same for 99 in 100 sendings.");

    /** What a figure does. */
    public enum Kind {
        /** Grows, until it is cleared or the adapter goes. */
        COUNTER,
        /** Says how it is now. */
        GAUGE,
        /** A quantile of times. */
        TIME
    }

    private final String attribute;
    private final Kind kind;
    private final String unit;
    private final String description;

    Statistic(String attribute, Kind kind, String unit, String description) {
        this.attribute = attribute;
        this.kind = kind;
        this.unit = unit;
        this.description = description;
    }

    /** Its name in the server's management and in JMX. */
    public String attribute() {
        return attribute;
    }

    public Kind kind() {
        return kind;
    }

    /** In what it is counted. */
    public String unit() {
        return unit;
    }

    public String description() {
        return description;
    }
}
