package io.smtpra.ejb.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The databases that the mailbox knows, and all in which they differ. */
public enum MailDatabase {
    /** PostgreSQL 12 and newer. */
    POSTGRESQL,
    /** H2 2.x. */
    H2;

    /**
     * Finds the database behind a connection.
     *
     * @param connection to it
     * @return which it is
     * @throws SQLException if it cannot be asked, or is none of these
     */
    public static MailDatabase of(Connection connection) throws SQLException {
        String name = connection.getMetaData().getDatabaseProductName();
        return Arrays.stream(values()).filter(one -> name.equalsIgnoreCase(one.name())).findFirst()
                .orElseThrow(() -> new SQLException("The mailbox does not know the database '" + name + "'; allowed: "
                        + Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "))));
    }

    /** Where the scripts for it are. */
    String folder() {
        return "META-INF/smtp-ra-mailbox/" + name().toLowerCase(Locale.ROOT);
    }

    /** Mails with words that begin as these do. */
    SqlCondition words(List<String> beginnings) {
        if (this == POSTGRESQL) {
            // quoted, so that nothing in a word is an operator
            String query = beginnings.stream().map(word -> "'" + word.replace("'", "''") + "':*")
                    .collect(Collectors.joining(" & "));
            return new SqlCondition("exists (select 1 from smtpra_mail_words w where w.mail_id = m.id"
                    + " and to_tsvector('simple', w.words) @@ to_tsquery('simple', ?))", List.of(query));
        }
        // each text of words begins with a blank
        return new SqlCondition("exists (select 1 from smtpra_mail_words w where w.mail_id = m.id"
                + " and w.words like ?".repeat(beginnings.size()) + ")",
                beginnings.stream().<Object>map(word -> "% " + word + "%").toList());
    }

    /**
     * Whether an error says that the database has no room left: SQLSTATE class 53 (insufficient resources); H2 has an
     * error of its own for a file that cannot be written.
     */
    static boolean isFull(SQLException error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null && sql.getSQLState().startsWith("53")
                    || String.valueOf(cause.getMessage()).contains("No space left on device")) {
                return true;
            }
        }
        return false;
    }
}
