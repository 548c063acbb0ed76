package io.smtpra.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.smtpra.ejb.store.AddressPattern;
import io.smtpra.ejb.store.MailAccess;
import io.smtpra.ejb.store.RetentionRule;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailboxSettingsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            data.source        | ''             | a JNDI name
            access             | closed         | users, open
            access             | OPEN           | users, open
            addresses          | mona           | each user once
            addresses          | mona:          | each user once
            addresses          | mona: a@@b     | each user once
            addresses          | : a@example.com | each user once
            addresses          | a: b@*; a: c@* | each user once
            retention          | *              | rules as
            retention          | * 90           | rules as
            retention          | * 90d 5X       | rules as
            retention          | * 0d           | rules as
            retention          | nobody 90d     | rules as
            retention          | @example.com 9d | rules as
            retention.interval | 0m             | a positive time
            repeat.window      | soon           | a positive time
            event.streams      | 0              | a number from 1 to 10000
            event.streams      | 10001          | a number from 1 to 10000
            """)
    void whatMakesNoSenseIsNamedWithWhatIsAllowed(String name, String value, String allowed) {
        assertThatIllegalArgumentException().isThrownBy(() -> settings(Map.of(name, value)))
                .withMessageContaining("'smtpra.mailbox." + name + "' is '" + value + "', allowed: " + allowed);
    }

    @Test
    void allFaultsAreToldAtOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> settings(Map.of("access", "x", "event.streams", "y")))
                .withMessageContainingAll("smtpra.mailbox.access", "smtpra.mailbox.event.streams");
    }

    @Test
    void rulesAreReadInTheirOrder() {
        assertThat(settings(Map.of("retention", "audit@example.com 3650d; *@bücher.example 5G 90d;* 12h;")).retention())
                .containsExactly(
                        new RetentionRule(AddressPattern.parse("audit@example.com"), Optional.of(Duration.ofDays(3650)),
                                OptionalLong.empty()),
                        new RetentionRule(AddressPattern.parse("*@xn--bcher-kva.example"),
                                Optional.of(Duration.ofDays(90)), OptionalLong.of(5L << 30)),
                        new RetentionRule(AddressPattern.ANY, Optional.of(Duration.ofHours(12)), OptionalLong.empty()));
        assertThat(settings(Map.of()).retention()).isEmpty();
    }

    @Test
    void aUserSeesTheAddressesThatTheMappingGives() {
        MailboxSettings settings = settings(Map.of("addresses",
                "mona: *@Sales.example.com, info@example.com; tom: tom@*"));

        assertThat(texts(settings.accessOf("mona", false))).containsExactly("*@sales.example.com", "info@example.com");
        assertThat(texts(settings.accessOf("tom", false))).containsExactly("tom@*");
        assertThat(texts(settings.accessOf("Anna", false))).containsExactly("anna@*");
        assertThat(texts(settings.accessOf("eve@example.com", false))).containsExactly("eve@example.com");
        assertThat(texts(settings.accessOf("mona", true))).containsExactly("*");
    }

    /** A name must never grow into a pattern. */
    @ParameterizedTest
    @CsvSource({"*", "*@*", "*@example.com", "@", "a b", "''", "a@", "@example.com"})
    void aNameThatIsNoAddressSeesNothing(String name) {
        assertThat(settings(Map.of()).accessOf(name, false).addresses()).isEmpty();
    }

    private static List<String> texts(MailAccess access) {
        return access.addresses().stream().map(AddressPattern::toString).toList();
    }

    private static MailboxSettings settings(Map<String, String> texts) {
        assertThat(Arrays.stream(MailboxSetting.values()).map(MailboxSetting::shortName)).containsAll(texts.keySet());
        return new MailboxSettingsReader(setting -> Optional.ofNullable(texts.get(setting.shortName()))).read();
    }
}
