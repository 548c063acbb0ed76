package io.smtpra.queue.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Databases for tests: H2 in memory, PostgreSQL and MariaDB where they are installed. Each is a new, empty one. */
public final class TestDatabase {

    private TestDatabase() {
    }

    public static Stream<DataSource> all() {
        return Stream.of(Optional.of(h2()), postgreSql(), mariaDb()).flatMap(Optional::stream);
    }

    public static DataSource h2() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return source;
    }

    private static Optional<DataSource> postgreSql() {
        return Servers.POSTGRESQL.map(url -> {
            String schema = name();
            execute(url, "create schema " + schema);
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setURL(url);
            source.setCurrentSchema(schema);
            return source;
        });
    }

    private static Optional<DataSource> mariaDb() {
        return Servers.MARIADB.map(url -> {
            String schema = name();
            execute(url, "create database " + schema);
            try {
                return new MariaDbDataSource(url.replace("/?", "/" + schema + "?"));
            } catch (SQLException e) {
                throw new IllegalStateException(url, e);
            }
        });
    }

    private static String name() {
        return "t" + UUID.randomUUID().toString().replace("-", "");
    }

    private static void execute(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(url, e);
        }
    }

    /** Started by the first test that asks. */
    private static final class Servers {
        private static final Optional<String> POSTGRESQL = DatabaseServer.postgreSql();
        private static final Optional<String> MARIADB = DatabaseServer.mariaDb();
    }

    /** Does something in a transaction that commits. */
    public static <T> T inTransaction(DataSource source, Work<T> work) throws SQLException, IOException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            T value = work.on(connection);
            connection.commit();
            return value;
        }
    }

    public static MailInsertion.ContentSource text(String text) {
        return target -> target.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Work on a connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException, IOException;
    }
}
