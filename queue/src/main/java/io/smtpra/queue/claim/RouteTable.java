package io.smtpra.queue.claim;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The routes, one row a connection factory: what one node learns of a next hop, all know. */
public final class RouteTable {

    private RouteTable() {
    }

    /**
     * Reads all.
     *
     * @param connection to the database
     * @return the routes by name
     * @throws SQLException if the database refuses
     */
    public static List<RouteState> all(Connection connection) throws SQLException {
        List<RouteState> routes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select route, paused, failures, rested_until from smtpra_queue_route order by route");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                routes.add(new RouteState(row.getString(1), row.getInt(2) == 1, row.getInt(3),
                        Instant.ofEpochMilli(row.getLong(4))));
            }
        }
        return routes;
    }

    /**
     * Makes sure of a row. Call it in a transaction of its own: another node may do the same at this moment, and an
     * error would end the application's.
     *
     * @param connection in a transaction that the caller commits
     * @param route the JNDI name
     * @throws SQLException if the database refuses, also because the row was made meanwhile
     */
    public static void add(Connection connection, String route) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select route from smtpra_queue_route where route = ?")) {
            select.setString(1, route);
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    return;
                }
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into smtpra_queue_route (route, paused, failures, rested_until) values (?, 0, 0, 0)")) {
            insert.setString(1, route);
            insert.executeUpdate();
        }
    }

    /**
     * Stops a route or lets it go on.
     *
     * @param connection in a transaction that the caller commits
     * @param route the JNDI name
     * @param paused whether to stop it
     * @return whether there is such a route
     * @throws SQLException if the database refuses
     */
    public static boolean pause(Connection connection, String route, boolean paused) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update smtpra_queue_route set paused = ? where route = ?")) {
            update.setInt(1, paused ? 1 : 0);
            update.setString(2, route);
            return update.executeUpdate() == 1;
        }
    }

    /**
     * Records that a next hop could not be reached, or that it was.
     *
     * @param connection in a transaction that the caller commits
     * @param route the JNDI name
     * @param failures how often in a row, 0 when it was reached
     * @param restedUntil when to try again
     * @throws SQLException if the database refuses
     */
    public static void rest(Connection connection, String route, int failures, Instant restedUntil)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update smtpra_queue_route set failures = ?, rested_until = ? where route = ?")) {
            update.setInt(1, failures);
            update.setLong(2, restedUntil.toEpochMilli());
            update.setString(3, route);
            update.executeUpdate();
        }
    }
}
