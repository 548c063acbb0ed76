package io.smtpra.ra.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.spi.InvalidPropertyException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PropertyReaderTest {

    /** A reader of properties: names and values in turn. */
    private static PropertyReader reader(String... properties) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            values.put(properties[i], properties[i + 1]);
        }
        return new PropertyReader(values, Bean.class, "test bean");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "512, 512", "' 7 ', 7", "1K, 1024", "25m, 26214400", "4 G, 4294967296"})
    void readsSizesWithUnits(String value, long expected) throws Exception {
        PropertyReader reader = reader("limit", value);
        assertThat(reader.size("limit", 0, 1L << 40)).isEqualTo(expected);
        reader.finish();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "-1", "1T", "1.5M", "999999999999999G", "2000G"})
    void refusesOtherSizes(String value) {
        PropertyReader reader = reader("limit", value);
        reader.size("limit", 0, 1L << 40);
        assertThatThrownBy(reader::finish).isInstanceOf(InvalidPropertyException.class);
    }

    @ParameterizedTest
    @CsvSource({"500ms, 500", "30, 30000", "30s, 30000", "5 M, 300000", "1h, 3600000"})
    void readsDurationsWithUnits(String value, long millis) throws Exception {
        PropertyReader reader = reader("wait", value);
        assertThat(reader.duration("wait", Duration.ofMillis(1), Duration.ofHours(24))).hasMillis(millis);
        reader.finish();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "0", "-5s", "25h", "1d", "999999999999h"})
    void refusesOtherDurations(String value) {
        PropertyReader reader = reader("wait", value);
        reader.duration("wait", Duration.ofMillis(1), Duration.ofHours(24));
        assertThatThrownBy(reader::finish)
                .hasMessageContaining("property 'wait' is '" + value + "', allowed: a duration from 1ms to 86400s");
    }

    @Test
    void namesEveryFaultInOneMessageWithItsDescriptor() {
        PropertyReader reader = reader("limit", "abc", "wait", "70000", "flag", "yes", "mode", "sometimes");
        reader.number("limit", 1, 10);
        reader.port("wait");
        reader.port("wait");
        reader.flag("flag");
        reader.choice("mode", Map.of("never", 0, "always", 1));

        assertThatThrownBy(reader::finish)
                .isInstanceOfSatisfying(InvalidPropertyException.class, e -> assertThat(e.getInvalidPropertyDescriptors())
                        .extracting(descriptor -> descriptor.getName())
                        .containsExactly("limit", "wait"))
                .hasMessage("SMTPRA0010: Invalid configuration of the test bean: "
                        + "property 'limit' is 'abc', allowed: 1 to 10; "
                        + "property 'wait' is '70000', allowed: -1 (off), 0 (any free port) or 1 to 65535; "
                        + "property 'flag' is 'yes', allowed: true or false; "
                        + "property 'mode' is 'sometimes', allowed: always, never");
    }

    @Test
    void saysWhyWhatAValueStandsForCanNotBeUsed() {
        PropertyReader reader = reader();
        reader.unusable("certificateFile", "/etc/mail.pem", "the file does not exist", "");
        reader.unusable("keyStorePassword", "", "this is not the password of /etc/mail.p12", "");

        assertThatThrownBy(reader::finish).hasMessage("SMTPRA0010: Invalid configuration of the test bean: "
                + "property 'certificateFile' is '/etc/mail.pem': the file does not exist; "
                + "property 'keyStorePassword': this is not the password of /etc/mail.p12");
    }

    @Test
    void showsNeitherSecretsNorControlCharacters() {
        PropertyReader reader = reader();
        reader.fault("keyStorePassword", "hunter2", "the right one", "");
        reader.fault("hostName", "a\r\nb", "a name", "");

        assertThatThrownBy(reader::finish)
                .hasMessageNotContaining("hunter2")
                .hasMessageContaining("'(secret)'")
                .hasMessageContaining("'a??b'");
    }

    @Test
    void choosesWhateverTheCase() throws Exception {
        PropertyReader reader = reader("mode", "Always");
        assertThat(reader.choice("mode", Map.of("never", 0, "always", 1))).isEqualTo(1);
        reader.finish();
    }

    @Test
    void splitsLists() {
        PropertyReader reader = reader("some", " a, b c,,d ", "none", "");
        assertThat(reader.list("some")).containsExactly("a", "b", "c", "d");
        assertThat(reader.list("none")).isEmpty();
    }

    @Test
    void readsABeanAsItIsThen() {
        Bean bean = new Bean();
        bean.setLimit("7");
        PropertyReader reader = PropertyReader.of(bean, "test bean");
        bean.setLimit("8");

        assertThat(BeanProperties.of(bean)).isEqualTo(Map.of("limit", "8", "wait", ""));
        assertThat(reader.number("limit", 1, 10)).isEqualTo(7);
        assertThat(reader.text("wait")).isEmpty();
        assertThatThrownBy(() -> reader.text("count")).isInstanceOf(IllegalArgumentException.class);
    }

    /** A bean with two properties that are text. */
    public static final class Bean {
        private String limit;
        private String wait;

        public String getLimit() {
            return limit;
        }

        public void setLimit(String limit) {
            this.limit = limit;
        }

        public String getWait() {
            return wait;
        }

        public void setWait(String wait) {
            this.wait = wait;
        }

        public int getCount() {
            return 0;
        }
    }
}
