package io.smtpra.ejb.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.Envelope;
import io.smtpra.ejb.store.StoredPart.Role;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailFactsTest {

    private static final String MAIL = """
            Received: from mail.example.org by us id 1
            From: =?utf-8?q?J=C3=B6rg?= <joerg@example.org>
            Message-ID: <1@example.org>
            Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=

            Hello
            """;

    private static final String PARTS = """
            Subject: parts
            Content-Type: multipart/mixed; boundary=a

            --a
            Content-Type: multipart/related; boundary=b

            --b
            Content-Type: text/html

            <p>Look: <img src="cid:logo@example.org">
            --b
            Content-Type: image/png
            Content-ID: <logo@example.org>
            Content-Transfer-Encoding: base64

            iVBORw0KGgo=
            --b--
            --a
            Content-Type: application/pdf
            Content-Disposition: attachment; filename="../../Report.pdf"
            Content-Transfer-Encoding: base64

            JVBERg==
            --a--
            """;

    @Test
    void readsWhatIsKept() throws IOException {
        MailFacts facts = facts(MAIL);

        assertThat(facts.author()).isEqualTo("Jörg <joerg@example.org>");
        assertThat(facts.subject()).isEqualTo("Grüße");
        assertThat(facts.preview()).isEqualTo("Hello");
        assertThat(facts.messageId()).contains("<1@example.org>");
        assertThat(facts.words()).contains(" grüße", " jörg", " joerg", " hello", " b example com");
        assertThat(facts.undecodable()).isEmpty();
    }

    @Test
    void tellsEachPart() throws IOException {
        assertThat(facts(PARTS).parts()).containsExactly(
                new StoredPart(1, "unnamed.html", "text/html", 41, Optional.empty(), Role.TEXT),
                new StoredPart(2, "unnamed.png", "image/png", 8, Optional.of("logo@example.org"), Role.INLINE),
                new StoredPart(3, "Report.pdf", "application/pdf", 4, Optional.empty(), Role.ATTACHMENT));
        assertThat(facts(PARTS).words()).contains(" report pdf");
    }

    @Test
    void saysOfAMultipartWithoutPartsThatItCannotBeDecoded() throws IOException {
        assertThat(facts("Content-Type: multipart/mixed\n\nno boundary\n").undecodable()).isPresent();
        assertThat(facts("Content-Type: multipart/mixed; boundary=x\n\nno part\n").undecodable()).isPresent();
    }

    @Test
    void sameMailSentAgainHasTheSameDigest() throws IOException {
        assertThat(digest(MAIL.replace("us id 1", "us id 2"))).isEqualTo(digest(MAIL)).hasSize(64);
    }

    @Test
    void otherMailHasAnother() throws IOException {
        assertThat(digest(MAIL.replace("1@example.org", "2@example.org"))).isNotEqualTo(digest(MAIL));
        assertThat(digest(MAIL.replace("Hello", "Hallo"))).isNotEqualTo(digest(MAIL));
        assertThat(digest("c@example.org", "b@example.com")).isNotEqualTo(digest("a@example.org", "b@example.com"));
        assertThat(digest("a@example.org", "c@example.com")).isNotEqualTo(digest("a@example.org", "b@example.com"));
    }

    @Test
    void mailWithoutMessageIdIsNeverTakenForAnother() throws IOException {
        assertThat(facts("Subject: x\n\nHello\n").digest()).isEmpty();
    }

    @Test
    void emptyMailIsKept() throws IOException {
        MailFacts facts = facts("\n");

        assertThat(facts.subject()).isEmpty();
        assertThat(facts.preview()).isEmpty();
        assertThat(facts.author()).isEmpty();
    }

    @Test
    void whatNoDatabaseTakesIsReplaced() {
        assertThat(MailFacts.clean("a\0b\uD800c", 10)).isEqualTo("a\uFFFDb\uFFFDc");
        assertThat(MailFacts.clean("a\uD83D\uDE00", 2)).isEqualTo("a");
    }

    @Test
    void wordsOfEachWritingAreFound() {
        assertThat(SearchWords.of("Straße, ＡＢＣ-12! 東京 नमस्ते", 100)).isEqualTo(" straße abc 12 東 京 नमस्ते");
    }

    private static MailFacts facts(String text) throws IOException {
        return MailFacts.of(ArrivedMail.of("a@example.org", "b@example.com", text));
    }

    private static String digest(String text) throws IOException {
        return facts(text).digest().orElseThrow();
    }

    private static String digest(String from, String to) throws IOException {
        return MailFacts.of(new ArrivedMail("ID-1", Envelope.from(from).to(to).build(), MAIL)).digest().orElseThrow();
    }
}
