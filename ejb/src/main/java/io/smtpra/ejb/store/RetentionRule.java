package io.smtpra.ejb.store;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * For how long mail for some addresses is kept, and how much of it.
 *
 * @param addresses whose mail
 * @param age what is older goes; absent for no limit
 * @param octets when there is more, the oldest goes; absent for no limit
 */
public record RetentionRule(AddressPattern addresses, Optional<Duration> age, OptionalLong octets) {
}
