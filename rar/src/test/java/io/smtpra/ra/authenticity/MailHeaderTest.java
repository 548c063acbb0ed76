package io.smtpra.ra.authenticity;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.message.Content;
import io.smtpra.ra.message.ContentStore;
import io.smtpra.ra.message.ContentWriter;
import io.smtpra.ra.message.SplicedContent.Range;
import io.smtpra.ra.message.StoreConfig;
import io.smtpra.ra.message.StoreResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the checks read of a header, whatever strangers have made of it. */
class MailHeaderTest {

    private static final String OURS = "Received: from a\r\n\tby mx.example.com;\r\n\tnow\r\n";

    @TempDir
    private Path spool;

    private MailHeader read(String mail) throws IOException {
        ContentStore store = new ContentStore(
                new StoreConfig(1 << 16, StoreConfig.LEAST_MEMORY, spool, Runnable::run));
        ContentWriter writer = store.newContent(1 << 26);
        writer.write(ByteBuffer.wrap((OURS + mail).getBytes(StandardCharsets.UTF_8)));
        try (Content content = ((StoreResult.Stored) writer.finish().toCompletableFuture().join()).content()) {
            return MailHeader.read(content, "mx.example.com");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "From: Joe <joe@Example.ORG> | example.org",
        "FROM : joe@example.org | example.org",
        "From:joe@example.org. | example.org",
        "From: joe@m\u00FCller.example | xn--mller-kva.example",
        "From: a@one.test, b@two.test, c@one.test | one.test,two.test",
        "From: friends: a@one.test, b@two.test; | one.test,two.test",
        "From: \"a@bank.test\" <b@evil.test> | evil.test",
        "From: =?utf-8?q?a=40bank.test?= <b@evil.test> | evil.test",
        "From: a@one.test\\r\\nFrom: b@two.test | one.test,two.test",
        "From:\\r\\n a@one.test,\\r\\n\\tb@two.test | one.test,two.test",
        "From: a@one.test\\r\\nno header\\r\\nFrom: b@two.test | one.test,two.test",
        "From: a@\u00FC..test | ?..test",
        "From: a@[192.0.2.1] | [192.0.2.1]",
        "From: nobody | ``",
        "Sender: a@one.test | ``",
        "\\r\\nFrom: a@one.test | ``",
    })
    void findsTheAuthors(String header, String authors) throws IOException {
        MailHeader read = read(header.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t")
                + "\r\n\r\nFrom: x@y\r\n");
        assertThat(String.join(",", read.authors())).isEqualTo(authors);
        assertThat(read.authorsKnown()).isTrue();
        assertThat(read.begin()).isEqualTo(OURS.length());
    }

    @Test
    void doesNotReadAuthorsWithoutEnd() throws IOException {
        assertThat(read("From: " + "a@one.test, ".repeat(10_000) + "b@two.test\r\n\r\n").authorsKnown()).isFalse();
        assertThat(read("From: a@one.test\r\n".repeat(10_000) + "\r\n").authorsKnown()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", "x", "From", "From:", ":", "\r\n\r\n", " \r\n", "a@b\r\n"})
    void bearsWhatIsHardlyAMail(String mail) throws IOException {
        MailHeader read = read(mail);
        assertThat(read.authors()).isEmpty();
        assertThat(read.forged()).isEmpty();
    }

    @Test
    void joinsWhatFollowsOneAnother() throws IOException {
        String forged = "Authentication-Results: mx.example.com; none\r\n";
        MailHeader read = read(forged + forged + "X: 1\r\n" + forged);
        int begin = OURS.length();
        assertThat(read.forged()).containsExactly(new Range(begin, begin + 2L * forged.length()),
                new Range(begin + 2L * forged.length() + 6, begin + 3L * forged.length() + 6));
        assertThat(read(forged.repeat(5_000)).isSwamped()).isFalse();
        assertThat(read((forged + "X: 1\r\n").repeat(5_000)).isSwamped()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "mx.example.com; spf=pass | true",
        "MX.example.COM 1; none | true",
        "(comment (nested)) mx.example.com/1; none | true",
        "(un\\)ended mx.example.com; none | false",
        "\"mx.example.com\" ; none | true",
        "\"mx.ex\\ample.com\"; none | true",
        "mx.example.com. ; none | true",
        "mx.example.com=; none | true",
        "mx.example.comx; none | false",
        "amx.example.com; none | false",
        "other.test (mx.example.com); none | false",
        "; none | false",
    })
    void knowsWhatClaimsToBeOurs(String value, boolean ours) {
        assertThat(AuthenticationServer.isNamed("mx.example.com", value)).isEqualTo(ours);
    }

    @Test
    void takesWhatHidesItsNameForOurs() {
        assertThat(AuthenticationServer.isNamed("mx.example.com", "(" + "x".repeat(5_000) + ") other.test; none"))
                .isTrue();
        assertThat(AuthenticationServer.isNamed("mx.example.com", "other.test; " + "x".repeat(5_000))).isFalse();
    }

    @Property(tries = 300)
    void bearsAnything(@ForAll @StringLength(max = 40) @CharRange(from = '\t', to = '@') String value) {
        AuthenticationServer.isNamed("mx.example.com", value);
        AuthorDomains.of(value);
    }
}
