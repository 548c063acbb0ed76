package io.smtpra.it.app;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;

/** Brings an application its datasource: {@code java:app/jdbc/pg}, at the address of the system property it.pg.url. */
@Singleton
@DataSourceDefinition(name = "java:app/jdbc/pg", className = "org.postgresql.ds.PGSimpleDataSource",
        url = "${it.pg.url}", user = "postgres", password = "none", maxPoolSize = 20)
public class PostgreSqlSource {
}
