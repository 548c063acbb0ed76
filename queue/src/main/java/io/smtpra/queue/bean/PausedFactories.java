package io.smtpra.queue.bean;

import io.smtpra.queue.claim.RouteState;
import io.smtpra.queue.claim.RouteTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the administrator of this server has paused by a system property, which he can set and remove while the server
 * runs, beside what is paused in the database for all.
 */
final class PausedFactories {

    private static final String ALL = "*";

    private final String ofApplication;

    /**
     * Reads the system property whenever it is asked.
     *
     * @param ofApplication what holds where there is no such property
     */
    PausedFactories(String ofApplication) {
        this.ofApplication = ofApplication;
    }

    /** The routes as they stand in the database, with what is paused here. */
    List<RouteState> routes(Connection connection) throws SQLException {
        Set<String> paused = names();
        return RouteTable.all(connection).stream()
                .map(route -> paused.contains(ALL) || paused.contains(route.route())
                        ? new RouteState(route.route(), true, route.failures(), route.restedUntil()) : route)
                .toList();
    }

    private Set<String> names() {
        String names = System.getProperty(Setting.PAUSED.property(), ofApplication);
        return Arrays.stream(names.split(",")).map(String::strip).collect(Collectors.toSet());
    }
}
