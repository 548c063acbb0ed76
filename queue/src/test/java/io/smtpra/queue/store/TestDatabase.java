package io.smtpra.queue.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Databases for tests: H2 in memory, and PostgreSQL where the system property {@code test.postgresql} names its address
 * as {@code 127.0.0.1:5432}. Each has a schema of its own.
 */
public final class TestDatabase {

    private TestDatabase() {
    }

    public static Stream<DataSource> all() {
        return Stream.concat(Stream.of(h2()), postgresql());
    }

    public static DataSource h2() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return source;
    }

    private static Stream<DataSource> postgresql() {
        String address = System.getProperty("test.postgresql", "");
        if (address.isEmpty()) {
            return Stream.empty();
        }
        String schema = "t" + UUID.randomUUID().toString().replace("-", "");
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL("jdbc:postgresql://" + address + "/postgres");
        source.setUser("postgres");
        try (Connection connection = source.getConnection()) {
            connection.createStatement().execute("create schema " + schema);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL at " + address, e);
        }
        source.setCurrentSchema(schema);
        return Stream.of(source);
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
