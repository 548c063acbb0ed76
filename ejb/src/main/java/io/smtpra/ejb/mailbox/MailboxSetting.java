package io.smtpra.ejb.mailbox;

/** Every setting, declared once: name, default, what it means. docs/mailbox.md has them as a table, held by a test. */
enum MailboxSetting {
    DATA_SOURCE("data.source", "java:comp/DefaultDataSource",
            "JNDI name of the datasource; the tables are made and brought up to date at start"),
    ACCESS("access", "users",
            "`users`: whoever has the role `mail-user` or `mail-admin`; `open`: everybody who reaches the page, as "
                    + "an admin"),
    ADDRESSES("addresses", "",
            "which addresses a user sees, as `mona: *@sales.example.com, info@example.com; tom: tom@*`; for a user who "
                    + "is not named the own name at any domain, or the own name if that is an address"),
    RETENTION("retention", "",
            "for how long mail is kept, and how much of it, as `audit@example.com 3650d; *@example.com 90d 5G; * 30d`: "
                    + "the first rule that fits an address holds; empty to keep all"),
    RETENTION_INTERVAL("retention.interval", "10m",
            "how often is looked for what may go"),
    REPEAT_WINDOW("repeat.window", "7d",
            "for how long a mail that its sender sends again is known, and kept once"),
    EVENT_STREAMS("event.streams", "200",
            "how many browsers at a time are told of new mail on this node, 1 to 10000; ten of them of one user");

    static final String PREFIX = "smtpra.mailbox.";

    private final String name;
    private final String defaultValue;
    private final String meaning;

    MailboxSetting(String name, String defaultValue, String meaning) {
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
