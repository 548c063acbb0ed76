package io.smtpra.mailer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.smtpra.mail.MailAddress;
import io.smtpra.mail.MailPart;
import io.smtpra.mail.MailView;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers, and mails that are passed on. */
class AnswerTest {

    private static final String QUESTION = """
            From: Jane Doe <jane@example.org>
            To: shop@example.com, "Team, B" <b@example.com>
            Cc: c@example.net, jane@example.org
            Date: Tue, 24 Nov 2026 10:00:00 +0100
            Subject: =?utf-8?q?Gr=C3=B6=C3=9Fe?=
            Message-ID: <q2@example.org>
            References: <q0@example.org> <q1@example.org>
            Content-Type: text/html; charset=utf-8

            <p>Which size?</p><script>alert(1)</script><p>a &lt; b</blockquote><h1>You owe us</h1>
            """;

    @Test
    void anAnswerGoesBackInTheThreadWithTheTextQuoted() throws Exception {
        Mail answer = Mail.replyTo(question()).text("Large.\n").build();
        MailView view = WrittenMails.view(answer);
        assertThat(view.from()).contains(new MailAddress("", "shop@example.com"));
        assertThat(view.to()).containsExactly(new MailAddress("Jane Doe", "jane@example.org"));
        assertThat(view.cc()).isEmpty();
        assertThat(view.subject()).isEqualTo("Re: Größe");
        assertThat(view.inReplyTo()).contains("<q2@example.org>");
        assertThat(view.references()).containsExactly("<q0@example.org>", "<q1@example.org>", "<q2@example.org>");
        assertThat(view.text()).contains("""
                Large.

                On 2026-11-24 10:00 +01:00, Jane Doe <jane@example.org> wrote:
                > Which size?
                >
                > a < b
                >
                > You owe us
                """);
        assertThat(view.html()).isEmpty();
    }

    @Test
    void noHtmlOfAStrangerGetsIntoOurs() throws Exception {
        Mail answer = Mail.replyTo(question()).html("<html><body><p>Large.</p></body></html>").build();
        assertThat(answer.html().orElseThrow())
                .startsWith("<html><body><p>Large.</p><p>On 2026-11-24 10:00 +01:00, Jane Doe &lt;jane@example")
                .contains("<blockquote type=\"cite\">Which size?<br>\n<br>\na &lt; b<br>\n<br>\nYou owe us</block")
                .endsWith("</body></html>")
                .doesNotContain("script", "<h1>");
        assertThat(answer.text()).startsWith("Large.\n\nOn 2026-11-24").contains("\n> a < b\n");
    }

    @Test
    void anAnswerToAllLeavesOutWhomTheMailCameForAndItsAuthor() throws Exception {
        assertThat(Mail.replyToAll(question()).build().cc()).containsExactly(
                new MailAddress("Team, B", "b@example.com"), new MailAddress("", "c@example.net"));
    }

    @Test
    void anAnswerGoesWhereAnswersAreWanted() throws Exception {
        Mail answer = Mail.replyTo(arrived("From: a@example.org\nReply-To: list@example.org, not an address\n\nt\n"))
                .withoutQuote().text("t").build();
        assertThat(answer.to()).containsExactly(new MailAddress("", "list@example.org"));
        assertThat(answer.text()).isEqualTo("t");
    }

    @ParameterizedTest
    @CsvSource({"Size, Re: Size, Fwd: Size", "Re: Size, Re: Size, Fwd: Re: Size", "AW: Size, AW: Size, Fwd: AW: Size",
            "RE[2]: Size, RE[2]: Size, Fwd: RE[2]: Size", "Fwd: Size, Re: Fwd: Size, Fwd: Size",
            "WG: Size, Re: WG: Size, WG: Size", "Reply: Size, Re: Reply: Size, Fwd: Reply: Size", "'', Re:, Fwd:"})
    void aSubjectHasItsPrefixOnce(String subject, String reply, String forward) throws Exception {
        String mail = "From: a@example.org\nSubject: " + subject + "\n\nt\n";
        assertThat(Mail.replyTo(arrived(mail)).build().subject()).isEqualTo(reply);
        assertThat(Mail.forward(arrived(mail)).to("b@example.org").build().subject()).isEqualTo(forward);
    }

    @Test
    void aMailThatCameForSeveralSaysFromWhomTheAnswerIs() throws Exception {
        ArrivedMail mail = new ArrivedMail("From: a@example.org\n\nt\n", "x@example.com", "y@example.com");
        assertThatIllegalArgumentException().isThrownBy(() -> Mail.replyTo(mail).build()).withMessageContaining("from");
        assertThat(Mail.replyTo(mail).from("y@example.com").build().from()).hasToString("y@example.com");
    }

    @Test
    void nobodyToAnswerIsNamed() {
        assertThatIllegalArgumentException().isThrownBy(() -> Mail.replyTo(arrived("Subject: s\n\nt\n")).build())
                .withMessageContaining("recipient");
    }

    @Test
    void whatIsNoIdAndWhatIsTooLongIsLeftOut() throws Exception {
        String ids = IntStream.range(0, 300).mapToObj(i -> "<" + i + "@example.org>")
                .collect(Collectors.joining("\n "));
        MailView view = WrittenMails.view(Mail.replyTo(arrived("From: a@example.org\nMessage-ID: <\u00E4@x>\n"
                + "Subject: " + "s".repeat(3_000) + "\nReferences: <" + "x".repeat(900) + "@y>\n " + ids + "\n\nt\n"))
                .build());
        assertThat(view.references()).hasSize(50).startsWith("<0@example.org>").endsWith("<299@example.org>");
        assertThat(view.inReplyTo()).isEmpty();
        assertThat(view.subject()).hasSize(998);
    }

    @Test
    void aMailIsPassedOnWithWhatItHas() throws Exception {
        byte[] png = MailStructureTest.PNG;
        Mail original = Mail.from("Jane <jane@example.org>").to("shop@example.com").subject("Bild")
                .html("<p>See <img src='cid:p'>").inline("p", png)
                .attach("größe.csv", "ä;b\n".getBytes("ISO-8859-1"), "text/csv; charset=iso-8859-1")
                .attach(question()).build();
        ArrivedMail arrived = ArrivedMail.of(original, "shop@example.com");
        MailBuilder forward = Mail.forward(arrived).to("b@example.com").text("Have a look.");
        MailView view = WrittenMails.view(forward.build());
        assertThat(view.text().orElseThrow()).startsWith(
                "Have a look.\n\n---------- Forwarded message ----------\nFrom: Jane <jane@example.org>\nDate: ")
                .endsWith("Subject: Bild\nTo: shop@example.com\n\nSee\n");
        assertThat(view.attachments()).extracting(MailPart::fileName)
                .containsExactly("p.png", "größe.csv", "Größe.eml");
        assertThat(view.attachments().get(0).open()).hasBinaryContent(png);
        assertThat(view.attachments().get(1).text()).isEqualTo("ä;b\n");
        assertThat(view.attachments().get(2).message().orElseThrow().subject()).isEqualTo("Größe");
        assertThat(view.inReplyTo()).isEmpty();
        assertThat(view.references()).containsExactly(original.messageId());
    }

    @Test
    void aCopyOutlivesTheMailThatIsPassedOn() throws Exception {
        ArrivedMail arrived = ArrivedMail.of(Mail.from("j@example.org").to("s@example.com")
                .attach("a.bin", new byte[] {1, 2}, "application/x-a").build(), "s@example.com");
        Mail mail = Mail.forward(arrived).to("b@example.com").attach(arrived).build();
        byte[] before = ArrivedMail.octets(mail.content());
        Mail kept = mail.detached();
        arrived.expire();
        assertThat(ArrivedMail.octets(kept.content())).isEqualTo(before);
        assertThat(kept.messageId()).isEqualTo(mail.messageId());
    }

    private static ArrivedMail question() {
        return arrived(QUESTION);
    }

    private static ArrivedMail arrived(String text) {
        return new ArrivedMail(text, "shop@example.com");
    }
}
