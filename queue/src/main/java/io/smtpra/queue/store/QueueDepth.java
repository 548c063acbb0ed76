package io.smtpra.queue.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How much waits.
 *
 * @param routes one for each route of which mail waits
 * @param setAside mails that could not be read
 */
public record QueueDepth(List<OfRoute> routes, long setAside) {

    /**
     * What waits for one route.
     *
     * @param route the JNDI name of the connection factory
     * @param mails how many
     * @param sending how many of them are claimed by some node
     * @param oldest when the oldest of them was put into the queue
     */
    public record OfRoute(String route, long mails, long sending, Instant oldest) {
    }

    /**
     * Counts. It reads the index of what waits, so it is not to be asked for each mail.
     *
     * @param connection to the database
     * @return the depth
     * @throws SQLException if the database refuses
     */
    public static QueueDepth of(Connection connection) throws SQLException {
        List<OfRoute> routes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select route, count(*), count(lease),"
                + " min(enqueued_at) from smtpra_queue_mail where next_at is not null group by route order by route");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                routes.add(new OfRoute(row.getString(1), row.getLong(2), row.getLong(3),
                        Instant.ofEpochMilli(row.getLong(4))));
            }
        }
        // set aside: nothing is due, and it has not ended
        try (PreparedStatement select = connection.prepareStatement(
                "select count(*) from smtpra_queue_mail where next_at is null and ended_at is null");
                ResultSet row = select.executeQuery()) {
            row.next();
            return new QueueDepth(routes, row.getLong(1));
        }
    }

    /** When the mail was put into the queue that waits longest. */
    public Optional<Instant> oldest() {
        return routes.stream().map(OfRoute::oldest).min(Instant::compareTo);
    }

    /** How many mails are claimed by some node. */
    public long sending() {
        return routes.stream().mapToLong(OfRoute::sending).sum();
    }

    /** How many mails wait, those that are being sent included. */
    public long waiting() {
        return routes.stream().mapToLong(OfRoute::mails).sum();
    }
}
