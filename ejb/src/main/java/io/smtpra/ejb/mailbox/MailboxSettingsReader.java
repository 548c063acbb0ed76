package io.smtpra.ejb.mailbox;

import io.smtpra.ejb.log.MailboxMessages;
import io.smtpra.ejb.store.AddressPattern;
import io.smtpra.ejb.store.RetentionRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes settings of texts, and collects all that is wrong with them into one message. */
final class MailboxSettingsReader {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})([smhd])");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([KMGT])");
    private static final String RULES_ALLOWED = "rules as *@example.com 90d 5G; * 30d";

    private final Function<MailboxSetting, Optional<String>> source;
    private final List<String> faults = new ArrayList<>();

    /** Reads from a source of texts; what it lacks has its default. */
    MailboxSettingsReader(Function<MailboxSetting, Optional<String>> source) {
        this.source = source;
    }

    /**
     * Reads all.
     *
     * @throws IllegalArgumentException that names each setting that is wrong, its value and what is allowed
     */
    MailboxSettings read() {
        MailboxSettings settings = new MailboxSettings(
                dataSource(),
                open(),
                addresses(),
                retention(),
                duration(MailboxSetting.RETENTION_INTERVAL),
                duration(MailboxSetting.REPEAT_WINDOW),
                eventStreams());
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(MailboxMessages.LOG.invalidSettings(String.join("; ", faults)));
        }
        return settings;
    }

    private String value(MailboxSetting setting) {
        return source.apply(setting).map(String::strip).orElse(setting.defaultValue());
    }

    private String dataSource() {
        String value = value(MailboxSetting.DATA_SOURCE);
        if (value.isEmpty()) {
            fault(MailboxSetting.DATA_SOURCE, "a JNDI name");
        }
        return value;
    }

    private boolean open() {
        String value = value(MailboxSetting.ACCESS);
        if (!value.equals("users") && !value.equals("open")) {
            fault(MailboxSetting.ACCESS, "users, open");
        }
        return value.equals("open");
    }

    private int eventStreams() {
        String value = value(MailboxSetting.EVENT_STREAMS);
        if (!value.matches("[1-9]\\d{0,3}|10000")) {
            fault(MailboxSetting.EVENT_STREAMS, "a number from 1 to 10000");
            return 1;
        }
        return Integer.parseInt(value);
    }

    private Map<String, List<AddressPattern>> addresses() {
        Map<String, List<AddressPattern>> addresses = new LinkedHashMap<>();
        for (String entry : entries(MailboxSetting.ADDRESSES)) {
            int colon = entry.indexOf(':');
            try {
                String user = entry.substring(0, colon).strip();
                List<AddressPattern> patterns = Arrays.stream(entry.substring(colon + 1).split(",")).map(String::strip)
                        .map(AddressPattern::parse).toList();
                if (user.isEmpty() || addresses.put(user, patterns) != null) {
                    throw new IllegalArgumentException();
                }
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                fault(MailboxSetting.ADDRESSES, "each user once, as mona: *@example.com, info@example.net; tom: tom@*");
                return addresses;
            }
        }
        return addresses;
    }

    private List<RetentionRule> retention() {
        List<RetentionRule> rules = new ArrayList<>();
        for (String entry : entries(MailboxSetting.RETENTION)) {
            String[] words = entry.split("\\s+");
            try {
                Optional<Duration> age = Optional.empty();
                OptionalLong octets = OptionalLong.empty();
                for (String word : Arrays.copyOfRange(words, 1, words.length)) {
                    Optional<Duration> duration = duration(word);
                    if (duration.isPresent()) {
                        age = duration;
                    } else {
                        octets = OptionalLong.of(size(word));
                    }
                }
                if (age.isEmpty() && octets.isEmpty()) {
                    throw new IllegalArgumentException();
                }
                rules.add(new RetentionRule(AddressPattern.parse(words[0]), age, octets));
            } catch (IllegalArgumentException e) {
                fault(MailboxSetting.RETENTION, RULES_ALLOWED);
                return rules;
            }
        }
        return rules;
    }

    private List<String> entries(MailboxSetting setting) {
        return Stream.of(value(setting).split(";")).map(String::strip).filter(entry -> !entry.isEmpty()).toList();
    }

    private Duration duration(MailboxSetting setting) {
        Optional<Duration> duration = duration(value(setting));
        if (duration.isEmpty()) {
            fault(setting, "a positive time as 30s, 5m, 4h, 5d");
        }
        return duration.orElse(Duration.ofDays(1));
    }

    private static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        return Optional.of(switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        });
    }

    private static long size(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException();
        }
        return Long.parseLong(matcher.group(1)) << (10 * ("KMGT".indexOf(matcher.group(2)) + 1));
    }

    private void fault(MailboxSetting setting, String allowed) {
        faults.add("'" + setting.property() + "' is '" + value(setting) + "', allowed: " + allowed);
    }
}
