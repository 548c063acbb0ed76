package io.smtpra.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.Envelope;
import org.junit.jupiter.api.Test;

class MailDigestTest {

    private static final String MAIL = """
            Received: from mail.example.org by us id 1
            Message-ID: <1@example.org>
            Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
            X-Long: one
             two

            Hello
            """;

    @Test
    void readsWhatIsKept() throws Exception {
        MailDigest digest = MailDigest.of(mail(MAIL));

        assertThat(digest.messageId()).contains("<1@example.org>");
        assertThat(digest.subject()).isEqualTo("Grüße");
        assertThat(digest.headers()).startsWith("Received: from mail.example.org by us id 1\nMessage-ID: ")
                .endsWith("X-Long: one\n two");
        assertThat(digest.text()).isEqualTo("Hello\n");
    }

    @Test
    void sameMailSentAgainHasTheSameFingerprint() throws Exception {
        assertThat(fingerprint(MAIL.replace("us id 1", "us id 2"))).isEqualTo(fingerprint(MAIL)).hasSize(64);
    }

    @Test
    void otherMailHasAnother() throws Exception {
        assertThat(fingerprint(MAIL.replace("1@example.org", "2@example.org"))).isNotEqualTo(fingerprint(MAIL));
        assertThat(fingerprint(MAIL.replace("Hello", "Hallo"))).isNotEqualTo(fingerprint(MAIL));
        assertThat(digest("c@example.org", "b@example.com").fingerprint())
                .isNotEqualTo(digest("a@example.org", "b@example.com").fingerprint());
        assertThat(digest("a@example.org", "c@example.com").fingerprint())
                .isNotEqualTo(digest("a@example.org", "b@example.com").fingerprint());
    }

    @Test
    void mailWithoutMessageIdIsNeverTakenForAnother() throws Exception {
        assertThat(MailDigest.of(mail("Subject: x\n\nHello\n")).fingerprint()).isEmpty();
    }

    @Test
    void emptyMailIsKept() throws Exception {
        MailDigest digest = MailDigest.of(mail("\n"));

        assertThat(digest.subject()).isEmpty();
        assertThat(digest.headers()).isEmpty();
        assertThat(digest.text()).isEmpty();
    }

    @Test
    void nulIsReplaced() throws Exception {
        assertThat(MailDigest.of(mail("Subject: a\0b\n\nc\0d\n")))
                .returns("a\uFFFDb", MailDigest::subject)
                .returns("Subject: a\uFFFDb", MailDigest::headers)
                .returns("c\uFFFDd\n", MailDigest::text);
    }

    @Test
    void rowHasAllFacts() throws Exception {
        ArrivedMail mail = mail(MAIL);
        StoredMail row = StoredMail.of(mail, MailDigest.of(mail));

        assertThat(row.getId()).isEqualTo("ID-1");
        assertThat(row.getReceivedAt()).isEqualTo(ArrivedMail.ARRIVAL);
        assertThat(row.getReversePath()).contains("a@example.org");
        assertThat(row.getRecipients()).containsExactly("b@example.com");
        assertThat(row.getSize()).isEqualTo(mail.size());
        assertThat(row.getPeerAddress()).isEqualTo("192.0.2.1");
        assertThat(row.getHeloName()).isEqualTo("mail.example.org");
        assertThat(row.getListener()).isEqualTo("SMTP");
        assertThat(row.getAuthenticatedUser()).isEmpty();
        assertThat(row.getTlsProtocol()).contains("TLSv1.3");
        assertThat(row.getTlsCipher()).contains("TLS_AES_256_GCM_SHA384");
    }

    @Test
    void rowOfAReportHasNoReversePath() throws Exception {
        ArrivedMail mail = new ArrivedMail("ID-2", Envelope.from("").to("b@example.com").build(), MAIL);

        assertThat(StoredMail.of(mail, MailDigest.of(mail)).getReversePath()).isEmpty();
    }

    private static ArrivedMail mail(String text) {
        return ArrivedMail.of("a@example.org", "b@example.com", text);
    }

    private static String fingerprint(String text) throws Exception {
        return MailDigest.of(mail(text)).fingerprint().orElseThrow();
    }

    private static MailDigest digest(String from, String to) throws Exception {
        return MailDigest.of(ArrivedMail.of(from, to, MAIL));
    }
}
