package io.smtpra.ejb.store;

import io.smtpra.ejb.log.MailboxMessages;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** Brings the tables to the version of this code. */
public final class MailSchema {

    private static final String HISTORY = "smtpra_mail_schema";

    private MailSchema() {
    }

    /**
     * Makes tables that lack, and changes those of an older version.
     *
     * @param dataSource where they are; outside any transaction
     * @param database which it is
     * @throws IllegalStateException if they are of a newer version, or cannot be changed
     */
    public static void migrate(DataSource dataSource, MailDatabase database) {
        Flyway flyway = Flyway.configure(MailSchema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:" + database.folder())
                .table(HISTORY)
                // other tables, the queue's say, are in the same schema
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
        try {
            MigrationVersion known = latest(flyway.info().all());
            MigrationInfo current = flyway.info().current();
            if (current != null && current.getVersion() != null && current.getVersion().isNewerThan(known)) {
                throw new IllegalStateException("The mailbox's tables are of version " + current.getVersion()
                        + ", made by a newer smtp-ra; this one knows them up to version " + known
                        + ": deploy the newer one again, or use another database");
            }
            int steps = flyway.migrate().migrationsExecuted;
            if (steps > 0) {
                MailboxMessages.LOG.tablesChanged(database, known);
            }
        } catch (FlywayException e) {
            throw new IllegalStateException("The mailbox's tables cannot be brought to this version: "
                    + e.getMessage(), e);
        }
    }

    private static MigrationVersion latest(MigrationInfo[] migrations) {
        MigrationVersion latest = MigrationVersion.EMPTY;
        for (MigrationInfo migration : migrations) {
            boolean ours = migration.getState().isResolved();
            if (ours && migration.getVersion() != null && migration.getVersion().isNewerThan(latest)) {
                latest = migration.getVersion();
            }
        }
        return latest;
    }
}
