package io.smtpra.idna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "example.com                | example.com                 | example.com",
        "EXAMPLE.Com                | example.com                 | example.com",
        "example.com.               | example.com                 | example.com",
        "under_score._tcp.example   | under_score._tcp.example    | under_score._tcp.example",
        "faß.de                     | xn--fa-hia.de               | faß.de",
        "FAẞ.DE                     | xn--fa-hia.de               | faß.de",
        "xn--fa-hia.de              | xn--fa-hia.de               | faß.de",
        "XN--FA-HIA.de              | xn--fa-hia.de               | faß.de",
        "fass.de                    | fass.de                     | fass.de",
        "Bücher.example             | xn--bcher-kva.example       | bücher.example",
        "bu\u0308cher.example       | xn--bcher-kva.example       | bücher.example",
        "βόλος.com                  | xn--nxasmm1c.com            | βόλος.com",
        "βόλοσ.com                  | xn--nxasmq6b.com            | βόλοσ.com",
        "نامه\u200Cای.com           | xn--mgba3gch31f060k.com     | نامه\u200Cای.com",
        "ශ්\u200Dරී.com             | xn--10cl1a0b660p.com        | ශ්\u200Dරී.com",
        "ＥＸＡＭＰＬＥ．ｃｏｍ      | example.com                 | example.com",
        "exam\u3002ple\uFF61com     | exam.ple.com                | exam.ple.com",
        "例え.テスト                 | xn--r8jz45g.xn--zckzah      | 例え.テスト",
        "☕.example                 | xn--53h.example             | ☕.example",
        "soft\u00ADhyphen.example   | softhyphen.example          | softhyphen.example",
        "xn--invalid-.x.example     |                             | ",
        "xn--999999999.example      | xn--999999999.example       | xn--999999999.example",
        "xn--a.example              | xn--a.example               | xn--a.example",
        "r3---sn-4g5e.example       | r3---sn-4g5e.example        | r3---sn-4g5e.example"})
    void hasOneForm(String text, String ascii, String unicode) {
        if (ascii == null) {
            assertThatThrownBy(() -> DomainName.parse(text)).isInstanceOf(IllegalArgumentException.class);
            return;
        }
        DomainName name = DomainName.parse(text);
        assertThat(name.ascii()).isEqualTo(ascii);
        assertThat(name.unicode()).isEqualTo(unicode);
        assertThat(DomainName.parse(ascii)).isEqualTo(name).hasSameHashCodeAs(name);
        assertThat(DomainName.parse(unicode)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", ".a", "a..", "-a.example", "a-.example", "a b", "a,b", "a/b", "a:b", "a@b",
        "a\u0000", "a\n.example", "\u200D.example", "a\u200Cb.example", "\u0301a.example", "ü-.example", "-ü.example",
        "üx--a.example", "a\u2024b", "\u2488com", "a\u2100b", "a\uFE52b", "\uE000", "\uD800", "a\u2028b", "\u202Ea",
        "a\u05D0.example", "\u05D0a.example", "1\u05D0.example", "\u05D0.1a.example.\u05D1-", "a\u0378b", "\u00AD",
        "\uFF61", "a\u00A0b", "\u037Eb", "\uFF05\uFF10\uFF10.example"})
    void refusesWhatIsNoName(String text) {
        assertThatThrownBy(() -> DomainName.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasBoundsInOctetsOfTheWire() {
        String label = "d".repeat(63);
        String longest = label + "." + label + "." + label + "." + "d".repeat(61);
        assertThat(DomainName.parse(longest).ascii()).hasSize(253);
        assertThatThrownBy(() -> DomainName.parse(longest + "d")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DomainName.parse(label + "d")).isInstanceOf(IllegalArgumentException.class);
        assertThat(DomainName.parse("ü".repeat(50)).ascii()).hasSizeLessThanOrEqualTo(63);
        assertThatThrownBy(() -> DomainName.parse("ü".repeat(64))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DomainName.parse("\uFDFA".repeat(1000))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DomainName.parse("\u00AD".repeat(1_000_000) + "ü"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsWhatIsAHostName() {
        assertThat(DomainName.parse("mail.example.com").isHostName()).isTrue();
        assertThat(DomainName.parse("faß.de").isHostName()).isTrue();
        assertThat(DomainName.parse("_dmarc.example.com").isHostName()).isFalse();
        assertThat(DomainName.parse("a\uFF3Fb.example.com").isHostName()).as("a wide underscore").isFalse();
    }
}
