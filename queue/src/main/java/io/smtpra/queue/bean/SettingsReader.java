package io.smtpra.queue.bean;

import io.smtpra.Mailbox;
import io.smtpra.idna.DomainName;
import io.smtpra.queue.log.QueueMessages;
import io.smtpra.queue.sending.RetrySchedule;
import io.smtpra.queue.sending.SendingLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes settings of texts, and collects all that is wrong with them into one message. */
final class SettingsReader {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)?");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([KMG]?)");

    private final Function<Setting, Optional<String>> source;
    private final List<String> faults = new ArrayList<>();

    /** Reads from a source of texts; what it lacks has its default. */
    SettingsReader(Function<Setting, Optional<String>> source) {
        this.source = source;
    }

    /**
     * Reads all.
     *
     * @throws IllegalArgumentException that names each setting that is wrong, its value and what is allowed
     */
    QueueSettings read() {
        SendingLimits limits = new SendingLimits(
                number(Setting.BATCH, 1, 1000),
                number(Setting.WORKERS_PER_ROUTE, 1, 100),
                number(Setting.WORKERS, 1, 1000),
                number(Setting.MAILS_PER_SENDER_DOMAIN, 0, 1000),
                duration(Setting.LEASE),
                duration(Setting.SEND_TIMEOUT),
                duration(Setting.RECORD_AFTER));
        Duration warnAfter = duration(Setting.WARN_AFTER, 0);
        QueueSettings settings = new QueueSettings(
                text(Setting.DATA_SOURCE),
                flag(Setting.CREATE_TABLES),
                text(Setting.FACTORY),
                size(Setting.MAX_MAIL_SIZE),
                limits,
                new RetrySchedule(duration(Setting.RETRY_FIRST), duration(Setting.RETRY_LONGEST)),
                duration(Setting.GIVE_UP_AFTER),
                warnAfter.isZero() ? Optional.empty() : Optional.of(warnAfter),
                hostName(),
                mailbox(Setting.RETURN_PATH),
                duration(Setting.POLL_INTERVAL),
                new PausedFactories(value(Setting.PAUSED)),
                eventsOfServer(),
                duration(Setting.RETENTION),
                duration(Setting.SHUTDOWN_TIMEOUT));
        if (faults.isEmpty() && limits.lease().compareTo(limits.sendTimeout().multipliedBy(2)) < 0) {
            fault(Setting.LEASE, "at least twice " + Setting.SEND_TIMEOUT.property());
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(QueueMessages.LOG.invalidSettings(String.join("; ", faults)));
        }
        return settings;
    }

    private String value(Setting setting) {
        return source.apply(setting).map(String::strip).orElse(setting.defaultValue());
    }

    private String text(Setting setting) {
        String value = value(setting);
        if (value.isEmpty()) {
            fault(setting, "a JNDI name");
        }
        return value;
    }

    private String hostName() {
        String value = value(Setting.HOST_NAME);
        if (value.isEmpty()) {
            // as the application server calls itself
            return System.getProperty("jboss.qualified.host.name", "localhost");
        }
        try {
            return DomainName.parse(value).ascii();
        } catch (IllegalArgumentException e) {
            fault(Setting.HOST_NAME, "a domain name");
            return "localhost";
        }
    }

    private Optional<Mailbox> mailbox(Setting setting) {
        String value = value(setting);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Mailbox.parse(value));
        } catch (IllegalArgumentException e) {
            fault(setting, "a mailbox as bounce@example.com");
            return Optional.empty();
        }
    }

    private boolean flag(Setting setting) {
        String value = value(setting).toLowerCase(Locale.ROOT);
        if (!value.equals("true") && !value.equals("false")) {
            fault(setting, "true, false");
        }
        return value.equals("true");
    }

    private boolean eventsOfServer() {
        String value = value(Setting.EVENTS);
        if (!value.equals("application") && !value.equals("server")) {
            fault(Setting.EVENTS, "application, server");
        }
        return value.equals("server");
    }

    private int number(Setting setting, int least, int most) {
        String value = value(setting);
        if (value.matches("\\d{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        }
        fault(setting, "a number from " + least + " to " + most);
        return least;
    }

    private Duration duration(Setting setting) {
        return duration(setting, 1);
    }

    private Duration duration(Setting setting, long leastMillis) {
        Matcher matcher = DURATION.matcher(value(setting));
        if (matcher.matches()) {
            Duration duration = duration(Long.parseLong(matcher.group(1)),
                    matcher.group(2) == null ? "s" : matcher.group(2));
            if (duration.toMillis() >= leastMillis) {
                return duration;
            }
        }
        fault(setting, (leastMillis > 0 ? "a positive time" : "a time") + " as 500ms, 30s, 5m, 4h, 5d");
        return Duration.ofSeconds(1);
    }

    private static Duration duration(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofSeconds(number);
        };
    }

    private long size(Setting setting) {
        Matcher matcher = SIZE.matcher(value(setting));
        if (matcher.matches()) {
            long unit = switch (matcher.group(2)) {
                case "K" -> 1L << 10;
                case "M" -> 1L << 20;
                case "G" -> 1L << 30;
                default -> 1L;
            };
            long number = Long.parseLong(matcher.group(1));
            if (number > 0 && number <= Long.MAX_VALUE / unit) {
                return number * unit;
            }
        }
        fault(setting, "octets as 100000, 512K, 35M");
        return 1;
    }

    private void fault(Setting setting, String allowed) {
        faults.add("'" + setting.property() + "' is '" + value(setting) + "', allowed: " + allowed);
    }
}
