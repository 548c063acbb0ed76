package io.smtpra.queue.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The databases that the queue knows, and all in which they differ. */
public enum Database {
    /** PostgreSQL 12 and newer. */
    POSTGRESQL("postgresql", "postgresql"),
    /** H2 2.x. */
    H2("h2", "h2"),
    /** MariaDB 10.6 and newer. */
    MARIADB("mariadb", "mariadb"),
    /** MySQL 8. */
    MYSQL("mysql", "mariadb"),
    /** Oracle 19c and newer. */
    ORACLE("oracle", "oracle");

    private final String product;
    private final String script;

    Database(String product, String script) {
        this.product = product;
        this.script = script;
    }

    /**
     * Finds the database behind a connection.
     *
     * @param connection to it
     * @return which it is
     * @throws SQLException if it cannot be asked, or is none of these
     */
    public static Database of(Connection connection) throws SQLException {
        String name = connection.getMetaData().getDatabaseProductName();
        String lower = name.toLowerCase(Locale.ROOT);
        Optional<Database> found = Arrays.stream(values()).filter(one -> lower.startsWith(one.product)).findFirst();
        return found.orElseThrow(() -> new SQLException("The queue does not know the database '" + name + "'; allowed: "
                + Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "))));
    }

    /** The resource with the statements that make the tables. */
    String scriptName() {
        return "META-INF/smtp-ra-queue/" + script + ".sql";
    }

    /**
     * Completes a query for rows that nobody else has locked, at most as many as its last parameter says.
     *
     * @param query a query of ids in their order, without a limit
     * @return the query with the limit and the lock
     */
    public String lockFree(String query) {
        return switch (this) {
            case POSTGRESQL, H2 -> query + " fetch first ? rows only for update skip locked";
            case MARIADB, MYSQL -> query + " limit ? for update skip locked";
            // ORA-02014: no limit beside a lock, so the limit stands within
            case ORACLE -> "select id from smtpra_queue_mail where id in (" + query
                    + " fetch first ? rows only) for update skip locked";
        };
    }

    /** What a query ends with that is to see what others have committed since the transaction began. */
    String latest() {
        // by default a transaction sees what there was at its first query
        return this == MARIADB || this == MYSQL ? " lock in share mode" : "";
    }

    /** Whether several rows of several tables are written and read in one statement, in PostgreSQL's own words. */
    public boolean isPostgreSql() {
        return this == POSTGRESQL;
    }

    /**
     * What an insertion ends with so that an idempotency key that is there already is no error; empty where it is one.
     */
    String unlessKeyExists() {
        return this == POSTGRESQL
                ? " on conflict (idempotency_key) where idempotency_key is not null do nothing" : "";
    }
}
