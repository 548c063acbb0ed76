package io.smtpra.queue.claim;

import java.time.Instant;

/**
 * Whether mail goes through a connection factory.
 *
 * @param route its JNDI name
 * @param paused whether an administrator has stopped it
 * @param failures how often in a row it could not be reached
 * @param restedUntil when it is tried again after these
 */
public record RouteState(String route, boolean paused, int failures, Instant restedUntil) {
}
