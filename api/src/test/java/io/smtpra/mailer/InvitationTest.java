package io.smtpra.mailer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.smtpra.mail.MailPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Events to which a mail invites. */
class InvitationTest {

    private static final Instant START = Instant.parse("2026-12-01T09:00:00Z");
    private static final Instant END = Instant.parse("2026-12-01T10:30:00Z");
    private static final Invitation EVENT = Invitation.to("Übergabe, zweiter Teil; mit allem", START, END)
            .uid("order-7@example.com").location("Raum \\ 1").description("Erst\r\ndas,\ndann jenes");

    @Test
    void theAuthorInvitesTheRecipients() throws Exception {
        Mail mail = mail().invite(EVENT).build();
        assertThat(WrittenMails.structure(mail)).isEqualTo("alternative(plain calendar)");
        MailPart part = WrittenMails.view(mail).attachments().get(0);
        assertThat(part.parameter("method")).contains("REQUEST");
        assertThat(part.text().replace("\n ", "").replaceFirst("DTSTAMP:\\d{8}T\\d{6}Z", "DTSTAMP:…")).isEqualTo("""
                BEGIN:VCALENDAR
                VERSION:2.0
                PRODID:-//smtp-ra//Mailer//EN
                METHOD:REQUEST
                BEGIN:VEVENT
                UID:order-7@example.com
                SEQUENCE:0
                DTSTAMP:…
                DTSTART:20261201T090000Z
                DTEND:20261201T103000Z
                SUMMARY:Übergabe\\, zweiter Teil\\; mit allem
                LOCATION:Raum \\\\ 1
                DESCRIPTION:Erst\\ndas\\,\\ndann jenes
                STATUS:CONFIRMED
                ORGANIZER;CN="Müller, 'J.'":mailto:a@example.com
                ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="Jane":mailto:b@example.org
                ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:c@example.org
                END:VEVENT
                END:VCALENDAR
                """);
    }

    @Test
    void linesAreFoldedBetweenCharacters() throws IOException {
        Mail mail = mail().invite(EVENT.description("ü".repeat(200) + "\uD83D\uDE00".repeat(50))).build();
        String text = WrittenMails.view(mail).attachments().get(0).text();
        assertThat(text.lines()).allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 75);
        assertThat(text.replace("\n ", "")).contains("ü".repeat(200) + "\uD83D\uDE00".repeat(50));
    }

    @Test
    void isTakenBack() throws Exception {
        MailPart part = WrittenMails.view(mail().invite(EVENT.sequence(3).cancel()).build()).attachments().get(0);
        assertThat(part.parameter("method")).contains("CANCEL");
        assertThat(part.text()).contains("UID:order-7@example.com\nSEQUENCE:4\n", "STATUS:CANCELLED\n");
    }

    @Test
    void noLineGetsInAndNoEventEndsBeforeItBegins() {
        assertThatIllegalArgumentException().isThrownBy(() -> EVENT.location("a\r\nATTENDEE:x"));
        assertThatIllegalArgumentException().isThrownBy(() -> EVENT.uid("a\nb"));
        assertThatIllegalArgumentException().isThrownBy(() -> Invitation.to("a\nb", START, END));
        assertThatIllegalArgumentException().isThrownBy(() -> Invitation.to(" ", START, END));
        assertThatIllegalArgumentException().isThrownBy(() -> Invitation.to("a", END, START));
        assertThatIllegalArgumentException().isThrownBy(() -> EVENT.sequence(-1));
    }

    private static MailBuilder mail() {
        return Mail.from("\"Müller, \\\"J.\\\"\" <a@example.com>").to("Jane <b@example.org>").cc("c@example.org")
                .subject("Übergabe").text("See you there.");
    }
}
