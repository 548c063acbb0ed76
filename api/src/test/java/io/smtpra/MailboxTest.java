package io.smtpra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "user@example.com            | user          | example.com          | user@example.com",
        "First.Last+tag@EXAMPLE.com  | First.Last+tag | EXAMPLE.com         | First.Last+tag@EXAMPLE.com",
        "\"user\"@example.com        | user          | example.com          | user@example.com",
        "\"a b\"@example.com         | a b           | example.com          | \"a b\"@example.com",
        "\"a\\\"b\\\\c\"@example.com | a\"b\\c       | example.com          | \"a\\\"b\\\\c\"@example.com",
        "\"\\u\"@example.com         | u             | example.com          | u@example.com",
        "\"a@b\"@example.com         | a@b           | example.com          | \"a@b\"@example.com",
        "\".a\"@example.com          | .a            | example.com          | \".a\"@example.com",
        "user@[192.0.2.1]            | user          | [192.0.2.1]          | user@[192.0.2.1]",
        "user@[IPv6:2001:db8::1]     | user          | [IPv6:2001:db8::1]   | user@[IPv6:2001:db8::1]",
        "user@[ipv6:::]              | user          | [ipv6:::]            | user@[ipv6:::]",
        "user@[IPv6:::ffff:192.0.2.1] | user         | [IPv6:::ffff:192.0.2.1] | user@[IPv6:::ffff:192.0.2.1]",
        "user@[IPv6:1:2:3:4:5:6:7:8] | user          | [IPv6:1:2:3:4:5:6:7:8] | user@[IPv6:1:2:3:4:5:6:7:8]",
        "jörg@münchen.example        | jörg          | münchen.example      | jörg@münchen.example",
        "用户@例え.テスト              | 用户          | 例え.テスト           | 用户@例え.テスト",
        "user@xn--mnchen-3ya.example | user          | xn--mnchen-3ya.example | user@xn--mnchen-3ya.example",
        "user@localhost              | user          | localhost            | user@localhost",
        "user@3com.example           | user          | 3com.example         | user@3com.example"})
    void readsAndWritesTheSmtpForm(String text, String localPart, String domain, String written) {
        Mailbox mailbox = Mailbox.parse(text);
        assertThat(mailbox.localPart()).isEqualTo(localPart);
        assertThat(mailbox.domain()).isEqualTo(domain);
        assertThat(mailbox).hasToString(written);
        assertThat(Mailbox.parse(written)).isEqualTo(mailbox);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user", "@example.com", "user@", "user@@example.com", "a@b@example.com",
        "a b@example.com",
        " user@example.com", "user@example.com ", ".user@example.com", "user.@example.com", "us..er@example.com",
        "\"user@example.com", "\"us\"er@example.com", "\"user\"", "\"\"@example.com", "\"user\\\"@example.com",
        "user@example..com", "user@.example.com", "user@example.com.", "user@-example.com", "user@example-.com",
        "user@exa_mple.com", "user@exa mple.com", "user@exam\u3002ple.com", "user@[192.0.2.256]", "user@[192.0.2]",
        "user@[192.0.2.1.1]", "user@[192.0.2.01]", "user@[192.0.2.1", "user@192.0.2.1]", "user@[]", "user@[IPv6:]",
        "user@[IPv6:2001:db8]", "user@[IPv6:1:2:3:4:5:6:7:8:9]", "user@[IPv6:1::2::3]", "user@[IPv6:12345::]",
        "user@[IPv6:fe80::1%eth0]", "user@[2001:db8::1]", "user@[x:y]", "user@[IPv6:192.0.2.1]", "<user@example.com>",
        "us\0er@example.com", "us\rer@example.com", "us\ner@example.com", "us\ter@example.com",
        "\"us\ner\"@example.com",
        "us\u0085er@example.com", "us\ud800er@example.com", "us,er@example.com", "us;er@example.com",
        "us:er@example.com",
        "us(er)@example.com", "us\\er@example.com"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Mailbox.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(e.getMessage().chars()).as("free of what was refused")
                        .noneMatch(c -> c < 32));
    }

    @Test
    void hasLimitsInOctets() {
        String labels = "d".repeat(63) + "." + "d".repeat(63) + ".";
        assertThat(new Mailbox("l".repeat(64), labels + "d".repeat(61)).toString()).hasSize(Mailbox.MAX_MAILBOX);
        assertThatThrownBy(() -> new Mailbox("l".repeat(64), labels + "d".repeat(62)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Mailbox("l".repeat(65), "d")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Mailbox("é".repeat(33), "d")).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Mailbox("é".repeat(32), "d").isAscii()).isFalse();
        assertThatThrownBy(() -> new Mailbox("l", "d".repeat(64))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Mailbox("\"".repeat(32), "d")).as("as it is written, with its quotes")
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsWhetherItIsAscii() {
        assertThat(Mailbox.parse("user@example.com").isAscii()).isTrue();
        assertThat(Mailbox.parse("jörg@example.com").isAscii()).isFalse();
        assertThat(Mailbox.parse("user@münchen.example").isAscii()).isFalse();
    }
}
