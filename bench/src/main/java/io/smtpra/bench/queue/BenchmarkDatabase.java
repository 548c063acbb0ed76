package io.smtpra.bench.queue;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Brings the application its datasource, at the address in bench.database.url, and a table of its own. */
@Singleton
@Startup
@DataSourceDefinition(name = "java:app/jdbc/bench", className = "org.postgresql.ds.PGSimpleDataSource",
        url = "${bench.database.url}", user = "postgres", password = "none", maxPoolSize = 70)
public class BenchmarkDatabase {

    @Resource(lookup = "java:app/jdbc/bench")
    private DataSource dataSource;

    @PostConstruct
    void createTable() {
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists arrived (id bigint generated always as identity primary key,"
                    + " received timestamptz not null default now(), sender varchar(1000),"
                    + " recipient varchar(1000) not null, content bytea not null)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
