package io.smtpra.queue.bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {

    @Test
    void hasDefaults() {
        QueueSettings settings = read(Map.of());
        assertThat(settings.dataSource()).isEqualTo("java:comp/DefaultDataSource");
        assertThat(settings.createTables()).isFalse();
        assertThat(settings.eventsOfServer()).isFalse();
        assertThat(settings.maxMailSize()).isEqualTo(35L << 20);
        assertThat(settings.limits().batch()).isEqualTo(50);
        assertThat(settings.schedule().longest()).isEqualTo(Duration.ofSeconds(4000));
        assertThat(settings.giveUpAfter()).isEqualTo(Duration.ofDays(5));
        assertThat(settings.warnAfter()).contains(Duration.ofHours(4));
    }

    @Test
    void readsUnits() {
        QueueSettings settings = read(Map.of(Setting.WARN_AFTER, "0", Setting.POLL_INTERVAL, " 250ms ",
                Setting.RETENTION, "90", Setting.MAX_MAIL_SIZE, "512K", Setting.CREATE_TABLES, "TRUE"));
        assertThat(settings.warnAfter()).isEmpty();
        assertThat(settings.pollInterval()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.retention()).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.maxMailSize()).isEqualTo(512L << 10);
        assertThat(settings.createTables()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "DATA_SOURCE, '', a JNDI name",
        "CREATE_TABLES, yes, 'true, false'",
        "EVENTS, nobody, 'application, server'",
        "BATCH, 0, a number from 1 to 1000",
        "BATCH, 1001, a number from 1 to 1000",
        "WORKERS, many, a number from 1 to 1000",
        "MAX_MAIL_SIZE, 0, 'octets as 100000, 512K, 35M'",
        "MAX_MAIL_SIZE, 9999999999G, 'octets as 100000, 512K, 35M'",
        "LEASE, soon, 'a positive time as 500ms, 30s, 5m, 4h, 5d'",
        "POLL_INTERVAL, 0, 'a positive time as 500ms, 30s, 5m, 4h, 5d'",
        "WARN_AFTER, -1s, 'a time as 500ms, 30s, 5m, 4h, 5d'",
        "LEASE, 3m, at least twice smtpra.queue.send.timeout"
    })
    void namesWhatIsWrong(Setting setting, String value, String allowed) {
        assertThatThrownBy(() -> read(Map.of(setting, value))).hasMessage("SMTPRA2004: Invalid settings of the queue: '"
                + setting.property() + "' is '" + value + "', allowed: " + allowed);
    }

    @Test
    void namesAllThatIsWrongInOneMessage() {
        assertThatThrownBy(() -> read(Map.of(Setting.BATCH, "0", Setting.LEASE, "x")))
                .hasMessageContaining("smtpra.queue.batch").hasMessageContaining("smtpra.queue.lease");
    }

    private static QueueSettings read(Map<Setting, String> values) {
        return new SettingsReader(setting -> Optional.ofNullable(values.get(setting))).read();
    }
}
