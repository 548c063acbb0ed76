package io.smtpra.queue.bean;

/** Every setting, declared once: name, default, what it means. docs/queue.md has them as a table, held by a test. */
enum Setting {
    DATA_SOURCE("data.source", "java:comp/DefaultDataSource",
            "JNDI name of the application's own datasource"),
    CREATE_TABLES("create.tables", "false",
            "`true` makes tables that lack; else a deployment without them fails and names the script"),
    FACTORY("factory", "java:/smtp/relay",
            "JNDI name of the connection factory for mails that name none"),
    MAX_MAIL_SIZE("max.mail.size", "35M",
            "longest content in octets, `K` and `M` as units; a longer one is refused at `enqueue`"),
    BATCH("batch", "50",
            "mails of one claim, 1 to 1000: sent over one connection, recorded together, sent twice if the node is "
                    + "killed"),
    WORKERS_PER_ROUTE("workers.per.factory", "2",
            "how many connections of one factory are used at a time, 1 to 100"),
    WORKERS("workers", "8",
            "how many connections are used in all, 1 to 1000"),
    MAILS_PER_SENDER_DOMAIN("mails.per.sender.domain", "0",
            "how many mails of one sender domain are sent at a time; 0 for no limit"),
    LEASE("lease", "10m",
            "for how long a claim holds: a node that was killed keeps its mails so long; at least twice "
                    + "`send.timeout`"),
    SEND_TIMEOUT("send.timeout", "2m",
            "how long one sending can take, above the factory's own `sendTimeout`: none is begun when less of the lease "
                    + "is left"),
    RECORD_AFTER("record.after", "5s",
            "results are recorded no later, though the batch is not done"),
    RETRY_FIRST("retry.first", "5m",
            "wait after the first failed attempt, doubled with each further one"),
    RETRY_LONGEST("retry.longest", "4000s",
            "longest wait between two attempts"),
    GIVE_UP_AFTER("give.up.after", "5d",
            "for how long a mail is tried, unless it says itself"),
    WARN_AFTER("warn.after", "4h",
            "when a sender is told that a mail is late; 0 for never"),
    HOST_NAME("host.name", "",
            "name of this server in reports to senders; empty for the name that the server has"),
    RETURN_PATH("return.path", "",
            "mailbox to which reports of other servers come back, as `bounce@example.com`; empty to send with the "
                    + "application's own reverse-path"),
    POLL_INTERVAL("poll.interval", "5s",
            "how often the queue is looked at for retries and mail of nodes that are gone; new mail is sent at once"),
    PAUSED("paused", "",
            "JNDI names of connection factories through which this server sends nothing, with commas, or `*` for all; "
                    + "the system property counts from the next look at the queue on, without a restart"),
    EVENTS("events", "application",
            "who hears how mails ended: `application`, that in which the queue lies, or `server`, all that observe it, as in "
                    + "the layer"),
    RETENTION("retention", "7d",
            "how long a mail can be found, and a bounce be matched, after it has ended"),
    SHUTDOWN_TIMEOUT("shutdown.timeout", "30s",
            "how long an undeployment waits for the mails that are being sent");

    static final String PREFIX = "smtpra.queue.";

    private final String name;
    private final String defaultValue;
    private final String meaning;

    Setting(String name, String defaultValue, String meaning) {
        this.name = name;
        this.defaultValue = defaultValue;
        this.meaning = meaning;
    }

    /** The system property; in the application's file it stands without the prefix. */
    String property() {
        return PREFIX + name;
    }

    String shortName() {
        return name;
    }

    String defaultValue() {
        return defaultValue;
    }

    String meaning() {
        return meaning;
    }
}
