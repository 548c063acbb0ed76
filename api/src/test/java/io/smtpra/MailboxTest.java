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
        "First.Last+tag@EXAMPLE.com  | First.Last+tag | example.com         | First.Last+tag@example.com",
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
        " user@example.com", "user@example.com ",
        "\"user@example.com", "\"us\"er@example.com", "\"user\"", "\"\"@example.com", "\"user\\\"@example.com",
        "user@example..com", "user@.example.com", "user@example.com..", "user@-example.com", "user@example-.com",
        "user@exa mple.com", "user@exa\u2024mple.com", "user@[192.0.2.256]", "user@[192.0.2]",
        "user@[192.0.2.1.1]", "user@[192.0.2.01]", "user@[192.0.2.1", "user@192.0.2.1]", "user@[]", "user@[IPv6:]",
        "user@[IPv6:2001:db8]", "user@[192.0.2.1].", "user@[IPv6:1:2:3:4:5:6:7:8:9]", "user@[IPv6:1::2::3]",
        "user@[IPv6:12345::]",
        "user@[IPv6:fe80::1%eth0]", "user@[2001:db8::1]", "user@[x:y]", "user@[IPv6:192.0.2.1]", "<user@example.com>",
        "us\0er@example.com", "us\rer@example.com", "us\ner@example.com", "us\ter@example.com",
        "\"us\ner\"@example.com",
        "us\u0085er@example.com", "us\ud800er@example.com", "us,er@example.com", "us;er@example.com",
        "us:er@example.com",
        "us(er)@example.com", "us\\er@example.com"})
    void refusesWhatIsNone(String text) {
        for (AddressSyntax syntax : AddressSyntax.values()) {
            assertThatThrownBy(() -> Mailbox.parse(text, syntax)).isInstanceOf(IllegalArgumentException.class)
                    .satisfies(e -> assertThat(e.getMessage().chars()).as("free of what was refused")
                            .noneMatch(c -> c < 32));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "b.@docomo.example           | \"b.\"@docomo.example",
        ".b@docomo.example           | \".b\"@docomo.example",
        "b..c@docomo.example         | \"b..c\"@docomo.example",
        "user@under_score.example    | user@under_score.example",
        "user@_dmarc.example         | user@_dmarc.example",
        "user@example.com.           | user@example.com",
        "user@münchen.example.       | user@münchen.example"})
    void takesWhatIsInUseUnlessStrict(String text, String written) {
        assertThat(Mailbox.parse(text)).hasToString(written);
        assertThat(Mailbox.parse(written)).isEqualTo(Mailbox.parse(text));
        assertThatThrownBy(() -> Mailbox.parse(text, AddressSyntax.STRICT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "user@faß.de, user@xn--fa-hia.de, true",
        "user@faß.de, user@FAẞ.DE., true",
        "user@faß.de, user@fass.de, false",
        "user@Bücher.example, user@bu\u0308cher.example, true",
        "user@exam\u3002ple.com, user@exam.ple.com, true",
        "user@EXAMPLE.com, user@example.COM, true",
        "User@example.com, user@example.com, false",
        "user@[IPv6:2001:db8::1], user@[ipv6:2001:DB8:0::0001], true",
        "user@[IPv6:::ffff:192.0.2.1], user@[192.0.2.1], false",
        "user@[IPv6:::ffff:192.0.2.1], user@[IPv6:::FFFF:192.0.2.1], true"})
    void isEqualToAnotherOfTheSameDomain(String one, String other, boolean equal) {
        assertThat(Mailbox.parse(one).equals(Mailbox.parse(other))).isEqualTo(equal);
        assertThat(Mailbox.parse(one).asciiDomain().equals(Mailbox.parse(other).asciiDomain())
                && Mailbox.parse(one).localPart().equals(Mailbox.parse(other).localPart())).isEqualTo(equal);
        if (equal) {
            assertThat(Mailbox.parse(one)).hasSameHashCodeAs(Mailbox.parse(other));
        }
    }

    @Test
    void hasAFormInAsciiAndOneForPeople() {
        Mailbox mailbox = Mailbox.parse("b.@faß.de");
        assertThat(mailbox.asciiDomain()).isEqualTo("xn--fa-hia.de");
        assertThat(mailbox.toAscii()).hasToString("\"b.\"@xn--fa-hia.de").isEqualTo(mailbox);
        assertThat(Mailbox.parse("user@xn--fa-hia.de").unicodeDomain()).isEqualTo("faß.de");
        assertThat(Mailbox.parse("user@[192.0.2.1]").unicodeDomain()).isEqualTo("[192.0.2.1]");
        assertThat(mailbox.needsSmtpUtf8()).isFalse();
        assertThat(Mailbox.parse("jörg@example.com").needsSmtpUtf8()).isTrue();
    }

    /** RFC 5321 section 4.5.3.1: limits are minima; senders who encode a recipient in their own address need more. */
    @ParameterizedTest
    @ValueSource(strings = {
        "bounces+1234567-0a1b2c3d-recipient.with.a.long.name=some-company.example.org@em.example.net",
        "SRS0=HHH=TT=some-company.example.org=recipient.with.a.long.name.that.goes.on.and.on@forwarder.example"})
    void hasALocalPartLongerThan64Octets(String text) {
        for (AddressSyntax syntax : AddressSyntax.values()) {
            assertThat(Mailbox.parse(text, syntax)).hasToString(text);
        }
    }

    @Test
    void hasLimitsInOctets() {
        String labels = "d".repeat(63) + "." + "d".repeat(63) + ".";
        assertThat(new Mailbox("l".repeat(64), labels + "d".repeat(61)).toString()).hasSize(Mailbox.MAX_MAILBOX);
        assertThatThrownBy(() -> new Mailbox("l".repeat(64), labels + "d".repeat(62)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new Mailbox("l".repeat(252), "d").toString()).hasSize(Mailbox.MAX_MAILBOX);
        assertThatThrownBy(() -> new Mailbox("l".repeat(253), "d")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Mailbox("é".repeat(127), "d")).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Mailbox("é".repeat(126), "d").isAscii()).isFalse();
        assertThatThrownBy(() -> new Mailbox("l", "d".repeat(64))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Mailbox("\"".repeat(126), "d")).as("as it is written, with its quotes")
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsWhetherItIsAscii() {
        assertThat(Mailbox.parse("user@example.com").isAscii()).isTrue();
        assertThat(Mailbox.parse("jörg@example.com").isAscii()).isFalse();
        assertThat(Mailbox.parse("user@münchen.example").isAscii()).isFalse();
    }
}
