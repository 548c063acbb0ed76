package io.smtpra.queue.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Ids in a statement: one array where the database has that, so that the statement is always the same; else a list. */
public final class IdList {

    private IdList() {
    }

    /** The condition that a column is one of so many. */
    public static String in(Database database, String column, int count) {
        return database.isPostgreSql() ? column + " = any(?)" : column + " in (?" + ", ?".repeat(count - 1) + ")";
    }

    /** Sets them; gives the next free position. */
    public static int set(Database database, PreparedStatement statement, int from, List<Long> ids)
            throws SQLException {
        if (database.isPostgreSql()) {
            statement.setArray(from, statement.getConnection().createArrayOf("bigint", ids.toArray()));
            return from + 1;
        }
        int at = from;
        for (Long id : ids) {
            statement.setLong(at++, id);
        }
        return at;
    }
}
