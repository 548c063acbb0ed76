package io.smtpra.ejb.mailbox;

import io.smtpra.ejb.log.MailboxMessages;
import io.smtpra.ejb.store.MailDatabase;
import io.smtpra.ejb.store.MailSchema;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Starts the mailbox with its application: settings and tables. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MailboxLifecycle {

    private static final String FILE = "META-INF/smtp-ra-mailbox.properties";

    private MailboxSettings settings;
    private DataSource dataSource;
    private MailDatabase database;

    @PostConstruct
    void start() {
        settings = new MailboxSettingsReader(texts()).read();
        dataSource = find(settings.dataSource());
        try (Connection connection = dataSource.getConnection()) {
            database = MailDatabase.of(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("smtp-ra mailbox: " + e.getMessage(), e);
        }
        MailSchema.migrate(dataSource, database);
        if (settings.open()) {
            MailboxMessages.LOG.open(MailboxSetting.ACCESS.property());
        }
    }

    /**
     * How the mailbox works.
     *
     * @return its settings
     */
    public MailboxSettings settings() {
        return settings;
    }

    /**
     * Where the mail is.
     *
     * @return the datasource
     */
    public DataSource dataSource() {
        return dataSource;
    }

    private static DataSource find(String name) {
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException | ClassCastException e) {
            throw new IllegalArgumentException("smtp-ra mailbox: '" + MailboxSetting.DATA_SOURCE.property()
                    + "' is '" + name
                    + "', allowed: the JNDI name of a datasource", e);
        }
    }

    /** A system property of the server first, then the application's file. */
    private static Function<MailboxSetting, Optional<String>> texts() {
        Properties file = new Properties();
        try (InputStream stream = Thread.currentThread().getContextClassLoader().getResourceAsStream(FILE)) {
            if (stream != null) {
                file.load(stream);
            }
        } catch (IOException e) {
            throw new IllegalStateException("smtp-ra mailbox: " + FILE + " cannot be read", e);
        }
        return setting -> Optional.ofNullable(
                System.getProperty(setting.property(), file.getProperty(setting.shortName())));
    }
}
