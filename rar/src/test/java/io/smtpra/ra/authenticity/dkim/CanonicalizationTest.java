package io.smtpra.ra.authenticity.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms in which header and body are signed: by the letter of RFC 6376 section 3.4, however the octets come. */
class CanonicalizationTest {

    /** {@code _} is a space, {@code >} a tab, {@code |} a line end. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "SIMPLE,  '',             |",
        "SIMPLE,  |||,            |",
        "SIMPLE,  a,              a|",
        "SIMPLE,  _a__b_||c|||,   _a__b_||c|",
        "SIMPLE,  a|_|,           a|_|",
        "RELAXED, '',             ''",
        "RELAXED, |||,            ''",
        "RELAXED, _>|_|,          ''",
        "RELAXED, a,              a|",
        "RELAXED, a_,             a|",
        "RELAXED, a|_,            a|",
        "RELAXED, _C_|D_>_E|||,   _C|D_E|",
        "RELAXED, >a>b|||c_|_|,   _a_b|||c|",
        "RELAXED, a__b_>|c,       a_b|c|",
    })
    void aBodyIsBroughtIntoItsForm(Canonicalization form, String body, String expected) {
        assertThat(digest(form, octets(body), 1_000, Long.MAX_VALUE).hash())
                .isEqualTo(BodyDigest.sha256().digest(octets(expected)));
    }

    /** The example of section 3.4.5. */
    @ParameterizedTest
    @CsvSource({
        "RELAXED, 'A:_X|B_:_Y>|>Z__|', 'a:X|b:Y_Z|'",
        "SIMPLE,  'A:_X|B_:_Y>|>Z__|', 'A:_X|B_:_Y>|>Z__|'",
        "RELAXED, 'Subject:|_a|', 'subject:a|'",
        "RELAXED, 'Subject:_>_|', 'subject:|'",
    })
    void aHeaderIsBroughtIntoItsForm(Canonicalization form, String header, String expected) {
        HeaderFields fields = new HeaderFields();
        byte[] octets = octets(header);
        fields.add(octets, 0, octets.length);
        fields.end();
        OctetBuffer out = new OctetBuffer(10);
        for (String name : List.of("a", "b", "subject")) {
            fields.named(name).forEach(field -> form.write(field, out));
        }
        assertThat(new String(out.toByteArray(), StandardCharsets.ISO_8859_1))
                .isEqualTo(new String(octets(expected), StandardCharsets.ISO_8859_1));
    }

    /** Compared with what a reader of the RFC would write down, in pieces of every size. */
    @Property(tries = 3_000)
    void anyBodyIsBroughtIntoItsForm(@ForAll("bodies") byte[] body, @ForAll("pieces") int piece,
            @ForAll Canonicalization form) {
        BodyDigest.Value value = digest(form, body, piece, Long.MAX_VALUE);
        byte[] expected = byTheLetter(form, body);
        assertThat(value.hash()).isEqualTo(BodyDigest.sha256().digest(expected));
        assertThat(value.length()).isEqualTo(expected.length);
    }

    @Property(tries = 500)
    void onlyTheBeginningCountsWhereThatIsSigned(@ForAll("bodies") byte[] body, @ForAll("pieces") int piece,
            @ForAll Canonicalization form) {
        byte[] expected = byTheLetter(form, body);
        int limit = expected.length / 2;
        MessageDigest digest = BodyDigest.sha256();
        digest.update(expected, 0, limit);
        BodyDigest.Value value = digest(form, body, piece, limit);
        assertThat(value.hash()).isEqualTo(digest.digest());
        assertThat(value.length()).isEqualTo(expected.length);
    }

    @Provide
    Arbitrary<Integer> pieces() {
        return Arbitraries.integers().between(1, 300);
    }

    /** Lines as they are and as they are not, with runs that are longer than what is looked at at once. */
    @Provide
    Arbitrary<byte[]> bodies() {
        return Arbitraries.of("\r\n", "\r\n", "\r\n\r\n", " ", "  ", "\t", "\r", "\n", "word", "a", "ü", "\0", ".",
                        "one space ", "x".repeat(70), "a b ".repeat(40), "äöü ".repeat(30), " ".repeat(70),
                        "base64base64".repeat(6) + "\r\n")
                .list().ofMaxSize(40)
                .map(parts -> parts.stream().collect(Collectors.joining()).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] byTheLetter(Canonicalization form, byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        if (form == Canonicalization.RELAXED) {
            text = text.replaceAll("[ \t]+(?=\r\n|\\z)", "").replaceAll("[ \t]+", " ");
        }
        while (text.endsWith("\r\n")) {
            text = text.substring(0, text.length() - 2);
        }
        boolean nothing = text.isEmpty() && form == Canonicalization.RELAXED;
        return (nothing ? "" : text + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static BodyDigest.Value digest(Canonicalization form, byte[] body, int piece, long limit) {
        BodyDigest digest = new BodyDigest(form, limit);
        for (int from = 0; from < body.length; from += piece) {
            digest.add(body, from, Math.min(body.length, from + piece));
        }
        return digest.end();
    }

    private static byte[] octets(String shown) {
        return shown.replace('_', ' ').replace('>', '\t').replace("|", "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
