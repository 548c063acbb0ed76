package io.smtpra.queue.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Ids in a statement: {@code in (?, ?, ?)}. */
final class IdList {

    private IdList() {
    }

    /** The placeholders for so many. */
    static String of(int count) {
        return "(?" + ", ?".repeat(count - 1) + ")";
    }

    /** Sets them; gives the next free position. */
    static int set(PreparedStatement statement, int from, List<Long> ids) throws SQLException {
        int at = from;
        for (Long id : ids) {
            statement.setLong(at++, id);
        }
        return at;
    }
}
