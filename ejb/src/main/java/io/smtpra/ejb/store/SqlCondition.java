package io.smtpra.ejb.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A part of a {@code where} clause with its values.
 *
 * @param sql with a question mark for each value
 * @param values in their order
 */
record SqlCondition(String sql, List<Object> values) {

    static final SqlCondition ALL = new SqlCondition("1 = 1", List.of());

    SqlCondition {
        values = List.copyOf(values);
    }

    static SqlCondition of(String sql, Object... values) {
        return new SqlCondition(sql, List.of(values));
    }

    static SqlCondition all(List<SqlCondition> conditions) {
        return conditions.isEmpty() ? ALL : joined(conditions, " and ");
    }

    static SqlCondition any(List<SqlCondition> conditions) {
        return conditions.isEmpty() ? of("1 = 0") : joined(conditions, " or ");
    }

    /** Sets the values from a parameter on, and returns the next one. */
    int set(PreparedStatement statement, int first) throws SQLException {
        int parameter = first;
        for (Object value : values) {
            statement.setObject(parameter++, value);
        }
        return parameter;
    }

    private static SqlCondition joined(List<SqlCondition> conditions, String word) {
        List<Object> values = new ArrayList<>();
        conditions.forEach(condition -> values.addAll(condition.values));
        return new SqlCondition(
                conditions.stream().map(SqlCondition::sql).collect(Collectors.joining(word, "(", ")")), values);
    }
}
