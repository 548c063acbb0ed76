package io.smtpra.queue.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Whether the tables are there, and of the version that this code reads and writes. */
public final class QueueTables {

    static final int VERSION = 1;
    private static final String VERSION_TABLE = "smtpra_queue_version";

    private QueueTables() {
    }

    /**
     * Checks the tables, and makes them where they lack if that is wanted.
     *
     * @param connection to the database; what is made is committed by the caller
     * @param create whether to make them
     * @return the database
     * @throws SQLException with a message for the administrator if they lack or are of another version
     */
    public static Database check(Connection connection, boolean create) throws SQLException {
        Database database = Database.of(connection);
        if (!exists(connection)) {
            if (!create) {
                throw new SQLException("The tables of the queue are missing: run " + database.scriptName()
                        + " of smtp-ra-queue.jar, or set smtpra.queue.create.tables=true");
            }
            create(connection, database);
        }
        int version = version(connection);
        if (version != VERSION) {
            throw new SQLException("The tables of the queue have version " + version + ", this smtp-ra-queue.jar needs "
                    + VERSION);
        }
        return database;
    }

    /**
     * The secret that all nodes share, made by the first that asks.
     *
     * @param connection to the database; what is made is committed by the caller
     * @return 64 hexadecimal digits
     * @throws SQLException if the database refuses
     */
    public static String secret(Connection connection) throws SQLException {
        byte[] octets = new byte[32];
        new SecureRandom().nextBytes(octets);
        try (PreparedStatement update = connection.prepareStatement(
                "update " + VERSION_TABLE + " set secret = ? where secret is null")) {
            update.setString(1, HexFormat.of().formatHex(octets));
            update.executeUpdate();
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select secret from " + VERSION_TABLE)) {
            row.next();
            return row.getString(1);
        }
    }

    private static boolean exists(Connection connection) throws SQLException {
        for (String name : List.of(VERSION_TABLE, VERSION_TABLE.toUpperCase(Locale.ROOT))) {
            try (ResultSet tables = connection.getMetaData().getTables(connection.getCatalog(), connection.getSchema(),
                    name, new String[] {"TABLE", "BASE TABLE"})) {
                if (tables.next()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void create(Connection connection, Database database) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements(database)) {
                statement.execute(sql);
            }
        }
    }

    static List<String> statements(Database database) {
        try (InputStream script = QueueTables.class.getClassLoader().getResourceAsStream(database.scriptName())) {
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(?m)^\\s*--.*$", "");
            return Arrays.stream(text.split(";")).map(String::strip).filter(sql -> !sql.isEmpty()).toList();
        } catch (IOException e) {
            throw new IllegalStateException(database.scriptName() + " cannot be read", e);
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select version from " + VERSION_TABLE)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }
}
