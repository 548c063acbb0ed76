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
            "Connections refused because there were too many in all (maxConnections).",
            Meter.of("connections.refused", "reason", "in_all")),
    CONNECTIONS_REFUSED_PER_ADDRESS("ConnectionsRefusedPerAddress", Kind.COUNTER, "connections",
            "Connections refused because there were too many from one address (maxConnectionsPerAddress).",
            Meter.of("connections.refused", "reason", "per_address")),
    CONNECTIONS_REFUSED_BY_ACCESS("ConnectionsRefusedByAccess", Kind.COUNTER, "connections",
            "Connections refused by allowedNetworks or deniedNetworks.",
            Meter.of("connections.refused", "reason", "access")),
    CONNECTIONS_REFUSED_BY_BAN("ConnectionsRefusedByBan", Kind.COUNTER, "connections",
            "Connections refused because their address is banned for a time.",
            Meter.of("connections.refused", "reason", "ban")),
    CONNECTIONS_REFUSED_BY_PROXY_RULES("ConnectionsRefusedByProxyRules", Kind.COUNTER, "connections",
            "Connections dropped for want of a PROXY header, or because they came from no proxy.",
            Meter.of("connections.refused", "reason", "proxy")),

    CONNECTIONS_REFUSED_BY_PAUSE("ConnectionsRefusedByPause", Kind.COUNTER, "connections",
            "Connections that heard 421 while their listener was paused that way, or stopping.",
            Meter.of("connections.refused", "reason", "pause")),
    CONNECTIONS_REFUSED_BY_HANDSHAKES("ConnectionsRefusedByHandshakes", Kind.COUNTER, "connections",
            "Connections closed before implicit TLS, for too many handshakes from their address had failed.",
            Meter.of("connections.refused", "reason", "handshakes")),
    BANS("Bans", Kind.COUNTER, "bans", "Bans of addresses that crossed limits again and again (banAfter)."),
    BANS_NOW("BansNow", Kind.GAUGE, "addresses",
            "Addresses, or IPv6 networks of 64 bits, that are banned now, by themselves or by an administrator."),

    TLS_1_3("TlsHandshakes13", Kind.COUNTER, "handshakes", "Inbound handshakes that reached TLS 1.3.",
            Meter.of("tls.handshakes", "outcome", "TLSv1.3")),
    TLS_1_2("TlsHandshakes12", Kind.COUNTER, "handshakes", "Inbound handshakes that reached TLS 1.2.",
            Meter.of("tls.handshakes", "outcome", "TLSv1.2")),
    TLS_OTHER("TlsHandshakesOther", Kind.COUNTER, "handshakes", "Inbound handshakes that reached another version.",
            Meter.of("tls.handshakes", "outcome", "other")),
    TLS_FAILED("TlsHandshakesFailed", Kind.COUNTER, "handshakes",
            "Inbound handshakes that a client began and that failed.",
            Meter.of("tls.handshakes", "outcome", "failed")),

    SESSIONS("Sessions", Kind.COUNTER, "sessions", "Sessions begun, each with a greeting."),
    SESSIONS_SENT_AWAY("SessionsSentAway", Kind.COUNTER, "sessions",
            "Sessions that this side ended with a refusal: too many errors, time-outs, shutdown."),

    MAILS_ACCEPTED("MailsAccepted", Kind.COUNTER, "mails", "Mails answered with 2xx after their content.",
            Meter.of("mails", "outcome", "accepted")),
    MAILS_DEFERRED("MailsDeferred", Kind.COUNTER, "mails", "Mails answered with 4xx after their content.",
            Meter.of("mails", "outcome", "deferred")),
    MAILS_REFUSED("MailsRefused", Kind.COUNTER, "mails", "Mails answered with 5xx after their content.",
            Meter.of("mails", "outcome", "refused")),
    MAILS_LOST("MailsUnfinished", Kind.COUNTER, "mails", "Mails whose content the client did not end.",
            Meter.of("mails", "outcome", "unfinished")),
    SENDERS_REFUSED("SendersRefused", Kind.COUNTER, "commands", "MAIL commands answered with 4xx or 5xx."),
    RECIPIENTS_DEFERRED("RecipientsDeferred", Kind.COUNTER, "recipients", "Recipients answered with 4xx.",
            Meter.of("recipients", "outcome", "deferred")),
    RECIPIENTS_REFUSED("RecipientsRefused", Kind.COUNTER, "recipients", "Recipients answered with 5xx.",
            Meter.of("recipients", "outcome", "refused")),
    OCTETS_ACCEPTED("OctetsAccepted", Kind.COUNTER, "octets", "Content of the mails accepted.",
            Meter.of("content.bytes")),

    AUTH_SUCCEEDED("AuthenticationsSucceeded", Kind.COUNTER, "exchanges", "AUTH exchanges that made a user known.",
            Meter.of("authentications", "outcome", "succeeded")),
    AUTH_REFUSED("AuthenticationsRefused", Kind.COUNTER, "exchanges", "AUTH exchanges with wrong credentials.",
            Meter.of("authentications", "outcome", "refused")),
    AUTH_SHUT_OUT("AuthenticationsShutOut", Kind.COUNTER, "exchanges",
            "AUTH exchanges not tried after too many wrong ones.",
            Meter.of("authentications", "outcome", "shut_out")),
    AUTH_UNAVAILABLE("AuthenticationsUnavailable", Kind.COUNTER, "exchanges",
            "AUTH exchanges for which the server could not be asked.",
            Meter.of("authentications", "outcome", "unavailable")),

    SPF_PASS("SpfPass", Kind.COUNTER, "mails",
            "Mails whose host sends for their domain, says SPF.",
            Meter.of("verdicts", "method", "spf", "result", "pass")),
    SPF_FAIL("SpfFail", Kind.COUNTER, "mails",
            "Mails whose host does not, says SPF.",
            Meter.of("verdicts", "method", "spf", "result", "fail")),
    SPF_SOFTFAIL("SpfSoftfail", Kind.COUNTER, "mails",
            "Mails whose host probably does not, says SPF.",
            Meter.of("verdicts", "method", "spf", "result", "softfail")),
    SPF_NEUTRAL("SpfNeutral", Kind.COUNTER, "mails",
            "Mails of whose host SPF says nothing either way.",
            Meter.of("verdicts", "method", "spf", "result", "neutral")),
    SPF_NONE("SpfNone", Kind.COUNTER, "mails",
            "Mails whose domain publishes no SPF record.",
            Meter.of("verdicts", "method", "spf", "result", "none")),
    SPF_TEMPERROR("SpfTemperror", Kind.COUNTER, "mails",
            "Mails whose SPF could not be checked for now.",
            Meter.of("verdicts", "method", "spf", "result", "temperror")),
    SPF_PERMERROR("SpfPermerror", Kind.COUNTER, "mails",
            "Mails whose domain publishes a wrong SPF record.",
            Meter.of("verdicts", "method", "spf", "result", "permerror")),
    DKIM_PASS("DkimPass", Kind.COUNTER, "signatures",
            "Signatures of DKIM that are right; a mail may bear several.",
            Meter.of("verdicts", "method", "dkim", "result", "pass")),
    DKIM_FAIL("DkimFail", Kind.COUNTER, "signatures",
            "Signatures of DKIM that are wrong.",
            Meter.of("verdicts", "method", "dkim", "result", "fail")),
    DKIM_POLICY("DkimPolicy", Kind.COUNTER, "signatures",
            "Signatures of DKIM that are right and not accepted.",
            Meter.of("verdicts", "method", "dkim", "result", "policy")),
    DKIM_NEUTRAL("DkimNeutral", Kind.COUNTER, "signatures",
            "Signatures of DKIM that could not be read.",
            Meter.of("verdicts", "method", "dkim", "result", "neutral")),
    DKIM_TEMPERROR("DkimTemperror", Kind.COUNTER, "signatures",
            "Signatures of DKIM that could not be checked for now.",
            Meter.of("verdicts", "method", "dkim", "result", "temperror")),
    DKIM_PERMERROR("DkimPermerror", Kind.COUNTER, "signatures",
            "Signatures of DKIM that nobody can check.",
            Meter.of("verdicts", "method", "dkim", "result", "permerror")),
    DMARC_PASS("DmarcPass", Kind.COUNTER, "mails",
            "Mails whose From: is proved, says DMARC.",
            Meter.of("verdicts", "method", "dmarc", "result", "pass")),
    DMARC_FAIL("DmarcFail", Kind.COUNTER, "mails",
            "Mails whose From: is not, though its domain publishes a policy.",
            Meter.of("verdicts", "method", "dmarc", "result", "fail")),
    DMARC_NONE("DmarcNone", Kind.COUNTER, "mails",
            "Mails whose From: has no policy of DMARC.",
            Meter.of("verdicts", "method", "dmarc", "result", "none")),
    DMARC_TEMPERROR("DmarcTemperror", Kind.COUNTER, "mails",
            "Mails whose DMARC could not be checked for now.",
            Meter.of("verdicts", "method", "dmarc", "result", "temperror")),
    DMARC_PERMERROR("DmarcPermerror", Kind.COUNTER, "mails",
            "Mails whose domain publishes a wrong policy of DMARC.",
            Meter.of("verdicts", "method", "dmarc", "result", "permerror")),
    VERDICTS_REFUSED("VerdictsRefused", Kind.COUNTER, "mails",
            "Mails refused or deferred for what SPF or DMARC said (spfPolicy, dmarcPolicy: enforce)."),
    VERDICTS_WOULD_REFUSE("VerdictsWouldRefuse", Kind.COUNTER, "mails",
            "Mails that would have been, were the policy enforced (spfPolicy, dmarcPolicy: observe)."),

    DELIVERIES_RUNNING("DeliveriesRunning", Kind.GAUGE, "mails", "Mails that beans are at work on now."),
    DELIVERIES_QUEUED("DeliveriesQueued", Kind.GAUGE, "mails", "Mails that wait for a bean now."),
    DELIVERIES_QUEUE_LIMIT("DeliveriesQueueLimit", Kind.GAUGE, "mails",
            "How many mails may wait for a bean (maxQueuedDeliveries)."),
    DELIVERIES_OLDEST("DeliveriesOldestSeconds", Kind.GAUGE, "seconds",
            "How long the mail that has waited longest for a bean has waited; 0 if none waits."),
    ACCEPTANCE_P50("AcceptanceMillis50", Kind.TIME, "milliseconds",
            "From the end of a content to its reply: half of the mails of the last five minutes took no longer.",
            Meter.of("acceptance.seconds", "quantile", "0.5")),
    ACCEPTANCE_P95("AcceptanceMillis95", Kind.TIME, "milliseconds", "The same for 95 in 100 mails.",
            Meter.of("acceptance.seconds", "quantile", "0.95")),
    ACCEPTANCE_P99("AcceptanceMillis99", Kind.TIME, "milliseconds", "The same for 99 in 100 mails.",
            Meter.of("acceptance.seconds", "quantile", "0.99")),

    MEMORY_IN_USE("MemoryInUse", Kind.GAUGE, "octets", "Memory that contents take now (maxMemory).",
            Meter.of("memory.bytes")),
    SPOOL_FILES("SpoolFiles", Kind.GAUGE, "files", "Contents that are in the spool directory now."),

    OUTBOUND_SENT("OutboundSent", Kind.COUNTER, "mails", "Mails that a next hop took.",
            Meter.of("outbound.mails", "outcome", "sent")),
    OUTBOUND_DEFERRED("OutboundDeferred", Kind.COUNTER, "mails", "Sendings that failed and may succeed later.",
            Meter.of("outbound.mails", "outcome", "deferred")),
    OUTBOUND_REFUSED("OutboundRefused", Kind.COUNTER, "mails", "Sendings that failed for good.",
            Meter.of("outbound.mails", "outcome", "refused")),
    OUTBOUND_OCTETS("OutboundOctets", Kind.COUNTER, "octets", "Content of the mails that a next hop took.",
            Meter.of("outbound.content.bytes")),
    OUTBOUND_TLS("OutboundOverTls", Kind.COUNTER, "mails", "Mails that left over TLS.",
            Meter.of("outbound.sent", "encryption", "tls")),
    OUTBOUND_PLAIN("OutboundInPlainText", Kind.COUNTER, "mails", "Mails that left in plain text.",
            Meter.of("outbound.sent", "encryption", "none")),
    DKIM_SIGNED("DkimSigned", Kind.COUNTER, "mails", "Mails that were signed before they were sent.",
            Meter.of("outbound.dkim", "outcome", "signed")),
    DKIM_UNSIGNED("DkimUnsigned", Kind.COUNTER, "mails",
            "Mails that left without a signature, though there are keys: none for their author.",
            Meter.of("outbound.dkim", "outcome", "unsigned")),
    DKIM_FAILED("DkimFailed", Kind.COUNTER, "mails", "Mails that could not be signed, and were not sent.",
            Meter.of("outbound.dkim", "outcome", "failed")),
    SENDING_P50("SendingMillis50", Kind.TIME, "milliseconds",
            "How long a sending took: half of those of the last five minutes took no longer.",
            Meter.of("outbound.sending.seconds", "quantile", "0.5")),
    SENDING_P95("SendingMillis95", Kind.TIME, "milliseconds", "The same for 95 in 100 sendings.",
            Meter.of("outbound.sending.seconds", "quantile", "0.95")),
    SENDING_P99("SendingMillis99", Kind.TIME, "milliseconds", "The same for 99 in 100 sendings.",
            Meter.of("outbound.sending.seconds", "quantile", "0.99")),

    CERTIFICATE_DAYS_LEFT("CertificateDaysLeft", Kind.GAUGE, "days",
            "Whole days until the first certificate expires, below zero after it; the largest number if none can."),

    EVENTS_TOLD("EventsTold", Kind.COUNTER, "events", "Events that beans have heard of, each bean counted.",
            Meter.of("events", "outcome", "told")),
    EVENTS_FAILED("EventsFailed", Kind.COUNTER, "events", "Events with which a bean has failed.",
            Meter.of("events", "outcome", "failed")),
    EVENTS_DROPPED("EventsDropped", Kind.COUNTER, "events",
            "Events that a bean did not hear of, for its queue was full (queueSize).",
            Meter.of("events", "outcome", "dropped"));

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
    private final Meter meter;

    Statistic(String attribute, Kind kind, String unit, String description) {
        this(attribute, kind, unit, description, Meter.named(attribute));
    }

    Statistic(String attribute, Kind kind, String unit, String description, Meter meter) {
        this.attribute = attribute;
        this.kind = kind;
        this.unit = unit;
        this.description = description;
        this.meter = meter;
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

    /** What systems that collect metrics know it as. */
    public Meter meter() {
        return meter;
    }
}
