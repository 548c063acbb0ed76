package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.Mails.StartTls;
import jakarta.activation.DataHandler;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The mailbox's page in a real browser. */
@ExtendWith(ArquillianExtension.class)
class MailboxPageIT {

    private static final String ANN = "ann@example.org";
    private static final String INBOX = "inbox@example.com";
    private static final String OPENED = "#mail h2";
    private static final String SUBJECTS = "#mails .row .subject b";

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @BeforeAll
    static void deploy() throws Exception {
        MailboxUsers.setUp(WILDFLY);
        WILDFLY.deploy(Archives.ear());
    }

    @Test
    void whoHasLoggedInSeesThePageAndNobodyElse() {
        BROWSER.open("/mail/");
        BROWSER.screenshot("log-in");
        BROWSER.awaitNone("#mails");
        logIn(MailboxUsers.MONA, "a wrong password");
        BROWSER.awaitText(".problem", "wrong");
        assertThat(BROWSER.script("return document.activeElement.id")).isEqualTo("user");

        logIn(MailboxUsers.MONA, MailboxUsers.MONAS_PASSWORD);
        BROWSER.awaitText("#user", "mona");
        assertThat(BROWSER.script("return document.cookie")).isEqualTo("");
        BROWSER.click("#log-out");
        BROWSER.find("#password");
        BROWSER.open("/mail/index.html");
        BROWSER.find("#password");
        BROWSER.open("/mail/api/mails");
        assertThat(BROWSER.driver().getPageSource()).contains("401").doesNotContain("\"mails\"");
    }

    @Test
    void aUserWithoutARoleIsRefused() {
        BROWSER.open("/mail/");
        logIn(MailboxUsers.EVE, MailboxUsers.EVES_PASSWORD);
        Await.until("a refusal", () -> BROWSER.driver().getPageSource().contains("mail-user"));
        BROWSER.awaitNone("#mails");
    }

    @Test
    void aUserSeesWhatIsForTheUser() throws Exception {
        send(ANN, "ben@example.com", "For ben alone", "text");
        send(ANN, INBOX, "For others", "text");

        openMailbox(MailboxUsers.BEN, MailboxUsers.BENS_PASSWORD);

        BROWSER.awaitText(SUBJECTS, "For ben alone");
        assertThat(BROWSER.texts(SUBJECTS)).doesNotContain("For others");
        BROWSER.awaitNone("#to-queue");
    }

    @Test
    void aMailAppearsByItselfAndIsOpenedByKeys() throws Exception {
        openMailbox();
        Object page = BROWSER.script("return window.stays = performance.timeOrigin");
        send(ANN, INBOX, "First of two", "text of the first");
        BROWSER.awaitText(SUBJECTS, "First of two");
        BROWSER.awaitText("#said", "First of two");
        send(ANN, INBOX, "Second of two", "Grüße\nhttps://example.com/a?b=c, and\n> quoted\n");
        BROWSER.awaitText("#mails .row[aria-posinset='1'] .subject b", "Second of two");
        assertThat(BROWSER.script("return window.stays")).isEqualTo(page);
        assertThat(BROWSER.find("#mails .row[aria-posinset='1']").getDomAttribute("class")).contains("unread");
        BROWSER.screenshot("new-mail");

        BROWSER.press("j");
        BROWSER.awaitText(OPENED, "Second of two");
        BROWSER.awaitText("#panel pre", "Grüße");
        assertThat(BROWSER.find("#panel a").getDomAttribute("href")).isEqualTo("https://example.com/a?b=c");
        assertThat(BROWSER.texts("#panel .quote")).containsExactly("> quoted");
        BROWSER.awaitText("#mail .mark.safe", "TLS 1.3 · TLS_");
        BROWSER.awaitNone("#mails .row[aria-posinset='1'].unread");
        BROWSER.screenshot("mail");
        BROWSER.press("j");
        BROWSER.awaitText(OPENED, "First of two");
        BROWSER.press("k");
        BROWSER.awaitText(OPENED, "Second of two");
        BROWSER.press("u");
        BROWSER.find("#mails .row[aria-posinset='1'].unread");

        BROWSER.press("3");
        BROWSER.awaitText("#panel th", "Subject");
        BROWSER.press("4");
        BROWSER.awaitText("#panel pre", "Subject: Second of two");
        BROWSER.press("5");
        BROWSER.awaitText("#panel .hops", "client.example.org");
        BROWSER.screenshot("route");
        BROWSER.driver().navigate().refresh();
        BROWSER.awaitText(OPENED, "Second of two");
        assertThat(BROWSER.complaints()).isEmpty();
        assertThat(requestsElsewhere()).isEmpty();
    }

    @Test
    void aPlainMailIsMarkedAsSuch() throws Exception {
        Mails.send(Mails.message(ANN, INBOX, "Readable by all", "text"), StartTls.NEVER);
        openMailbox();
        BROWSER.awaitText(SUBJECTS, "Readable by all");
        BROWSER.press("j");
        BROWSER.awaitText("#mail .mark.plain", "plain");
    }

    @Test
    void mailsAreFoundByWordsAndAddresses() throws Exception {
        send("carol@example.net", INBOX, "Needle one", "haystack with a pin");
        send("dave@example.net", INBOX, "Needle two", "haystack");
        openMailbox();
        BROWSER.press("/");
        BROWSER.press("needle");
        awaitSubjects("Needle two", "Needle one");
        BROWSER.screenshot("search");
        BROWSER.write("#query", "needle pin");
        awaitSubjects("Needle one");
        BROWSER.write("#query", "needle from:dave");
        awaitSubjects("Needle two");
        BROWSER.write("#query", "needle nowhere");
        BROWSER.awaitText("#no-mails", "No mail is like that");
        BROWSER.write("#query", "needle is:unread");
        awaitSubjects("Needle two", "Needle one");
        BROWSER.press(Keys.ENTER);
        BROWSER.press("j");
        BROWSER.awaitText(OPENED, "Needle two");
        send("erin@example.net", INBOX, "Not that thing", "text");
        send("erin@example.net", INBOX, "Needle three", "text");
        BROWSER.awaitText(SUBJECTS, "Needle three");
        assertThat(BROWSER.texts(SUBJECTS)).doesNotContain("Not that thing");
        assertThat(BROWSER.script("return location.hash").toString()).contains("q=needle+is%3Aunread");
    }

    @Test
    void anAttachmentIsViewedAndSavedOctetForOctet() throws Exception {
        byte[] octets = "<script>document.title='ran'</script> naïve\r\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
        MimeMessage message = Mails.message(ANN, INBOX, "With a file", "see the file");
        MimeMultipart parts = new MimeMultipart();
        parts.addBodyPart(text("see the file"));
        parts.addBodyPart(file("report.txt", "text/plain; charset=utf-8", octets));
        message.setContent(parts);
        message.saveChanges();
        Mails.send(message, StartTls.REQUIRED);

        openMailbox();
        BROWSER.awaitText(SUBJECTS, "With a file");
        BROWSER.press("j");
        BROWSER.awaitText("#mail .parts li", "report.txt");
        BROWSER.click("#mail .parts button");
        BROWSER.awaitText("#viewer-content", "naïve");
        BROWSER.screenshot("attachment");
        BROWSER.press(Keys.ESCAPE);
        BROWSER.click("#mail .parts a");
        Path saved = BROWSER.awaitSaved();
        assertThat(saved).hasFileName("report.txt").hasBinaryContent(octets);
        Files.delete(saved);
        BROWSER.click("#mail .actions a");
        assertThat(BROWSER.awaitSaved()).content(StandardCharsets.UTF_8).contains("Subject: With a file");
        assertThat(BROWSER.driver().getTitle()).contains("Mailbox");
    }

    @Test
    void aMailIsAnsweredAndForwarded() throws Exception {
        try (SmtpPeer peer = SmtpPeer.plain()) {
            send(ANN, INBOX, "A question", "How are you?");
            openMailbox();
            BROWSER.awaitText(SUBJECTS, "A question");
            BROWSER.press("j");
            BROWSER.awaitText(OPENED, "A question");
            BROWSER.press("r");
            assertThat(BROWSER.find("#compose-text").getDomProperty("value")).contains("> How are you?");
            BROWSER.press("Very well, schöne Grüße");
            BROWSER.screenshot("answer");
            BROWSER.pressWithControl(Keys.ENTER);
            BROWSER.awaitText("#said", "queue");
            SmtpPeer.Received answer = peer.awaitMail();
            assertThat(answer.recipients()).containsExactly(ANN);
            assertThat(answer.content()).contains("In-Reply-To: <", "Subject: Re: A question", "> How are you?");

            BROWSER.press("f");
            BROWSER.press("not an address", Keys.TAB, "For your information");
            BROWSER.pressWithControl(Keys.ENTER);
            BROWSER.awaitText("#compose-problem", "address");
            BROWSER.write("#compose-to", "bob@example.net, carol@example.net");
            BROWSER.click("#compose-send");
            Await.until("the forwarded mail", () -> peer.mails().size() > 1);
            assertThat(peer.mails().get(1).content()).contains("For your information", "A question");
        }
    }

    @Test
    void anAnswerThatIsNotSentIsKept() throws Exception {
        send(ANN, INBOX, "To be thought about", "Well?");
        openMailbox();
        BROWSER.awaitText(SUBJECTS, "To be thought about");
        BROWSER.press("j");
        BROWSER.awaitText(OPENED, "To be thought about");
        BROWSER.press("r");
        BROWSER.find("#compose-text");
        BROWSER.press("half a thought");
        BROWSER.press(Keys.ESCAPE);
        BROWSER.awaitNone("#compose");
        BROWSER.press("r");
        assertThat(BROWSER.find("#compose-text").getDomProperty("value")).startsWith("half a thought");
    }

    @Test
    void theQueueShowsWhatWaitsAndTakesOrders() throws Exception {
        try (SmtpPeer peer = SmtpPeer.plain()) {
            peer.answering("RCPT TO:<full@example.org>", "452 4.2.2 <b>mailbox</b> full");
            send("full@example.org", INBOX, "Waiting for room", "text");
            openMailbox();
            BROWSER.awaitText(SUBJECTS, "Waiting for room");
            BROWSER.press("j");
            BROWSER.awaitText(OPENED, "Waiting for room");
            BROWSER.press("r");
            BROWSER.find("#compose-text");
            BROWSER.pressWithControl(Keys.ENTER);
            BROWSER.awaitText("#said", "queue");
            BROWSER.click("#to-queue");
            BROWSER.awaitText("#queue-mails", "452 4.2.2 <b>mailbox</b> full");
            BROWSER.screenshot("queue");
            String row = "#queue-mails tr:first-child ";
            BROWSER.awaitText(row, "Re: Waiting for room");

            peer.taking("RCPT TO:<full@example.org>");
            BROWSER.click(row + "[data-of^=retry]");
            assertThat(peer.awaitMail().recipients()).containsExactly("full@example.org");
        }
    }

    @Test
    void aMailIsDeletedAfterAQuestion() throws Exception {
        send(ANN, INBOX, "To be kept", "text");
        send(ANN, INBOX, "To be deleted", "text");
        openMailbox();
        BROWSER.awaitText("#mails .row[aria-posinset='1']", "To be deleted");
        BROWSER.press("j");
        BROWSER.awaitText(OPENED, "To be deleted");
        BROWSER.press("e");
        BROWSER.find("#confirm");
        BROWSER.press(Keys.ESCAPE);
        BROWSER.awaitNone("#confirm");
        BROWSER.awaitText(SUBJECTS, "To be deleted");
        BROWSER.press(Keys.DELETE);
        BROWSER.find("#confirm");
        BROWSER.press(Keys.ENTER);
        BROWSER.awaitText(OPENED, "To be kept");
        assertThat(BROWSER.texts(SUBJECTS)).doesNotContain("To be deleted");
        assertThat(WILDFLY.query("select id from smtpra_mail where subject = 'To be deleted'")).isEmpty();
    }

    /** The rows that are drawn are those that can be seen, from the first to the last of ten thousand. */
    @Test
    void tenThousandMailsAreAListLikeAnyOther() {
        WILDFLY.query("""
                insert into smtpra_mail (id, received_at, reverse_path, author, subject, preview, size_octets,
                    attachments, seen, peer_address, helo_name, listener, body_type, smtp_utf8)
                select 'MANY' || x, x, 'many@example.org', 'many@example.org', 'One of many, ' || x, 'text', 1, 0,
                    1, '127.0.0.1', 'many.example.org', 'smtp', 'SEVEN_BIT', 0 from system_range(1, 10000)""");
        try {
            WILDFLY.query("""
                    insert into smtpra_mail_recipient (mail_id, position, recipient, local_part, domain, received_at,
                        size_octets)
                    select 'MANY' || x, 0, 'inbox@example.com', 'inbox', 'example.com', x, 1
                    from system_range(1, 10000)""");
            openMailbox();
            Await.until("the list", () -> !BROWSER.texts(SUBJECTS).isEmpty());
            BROWSER.press(Keys.END);
            BROWSER.awaitText("#mails .row.cursor .subject b", "One of many, 1");
            assertThat(BROWSER.driver().findElements(By.cssSelector("#mails .row"))).hasSizeLessThan(60);
            BROWSER.screenshot("ten-thousand");
            BROWSER.press(Keys.HOME);
            BROWSER.find("#mails .row[aria-posinset='1'].cursor");
        } finally {
            WILDFLY.query("delete from smtpra_mail_recipient where mail_id like 'MANY%'");
            WILDFLY.query("delete from smtpra_mail where id like 'MANY%'");
        }
    }

    @Test
    void aLogOutElsewhereIsToldAndNothingWrittenIsLost() throws Exception {
        send(ANN, INBOX, "Long absent", "text");
        openMailbox();
        BROWSER.awaitText(SUBJECTS, "Long absent");
        BROWSER.press("j");
        BROWSER.awaitText(OPENED, "Long absent");
        BROWSER.press("r");
        BROWSER.find("#compose-text");
        BROWSER.press("written before");
        BROWSER.driver().manage().deleteAllCookies();
        BROWSER.pressWithControl(Keys.ENTER);
        BROWSER.awaitText("#compose-problem", "no longer logged in");
        assertThat(BROWSER.find("#compose-text").getDomProperty("value")).startsWith("written before");
        BROWSER.press(Keys.ESCAPE);
        BROWSER.awaitText("#notice", "Log in again");
    }

    /** WCAG 2.2, 1.4.3 and 4.1.2: what is written can be read, and every control says what it is. */
    @ParameterizedTest
    @CsvSource({"light, 1280, 860", "dark, 1280, 860", "light, 360, 740", "dark, 360, 740"})
    void textCanBeReadAndControlsHaveNames(String scheme, int width, int height) throws Exception {
        send(ANN, INBOX, "To be read by all", "text\n> quoted\nhttps://example.com/");
        BROWSER.prefer(scheme);
        BROWSER.resize(width, height);
        openMailbox();
        BROWSER.awaitText(SUBJECTS, "To be read by all");
        assertReadable("list");
        BROWSER.press("j", Keys.ENTER);
        BROWSER.awaitText(OPENED, "To be read by all");
        assertReadable("mail");
        BROWSER.screenshot("mail-" + scheme + "-" + width);
        BROWSER.press("r");
        BROWSER.find("#compose-text");
        assertReadable("answer");
        BROWSER.press(Keys.ESCAPE);
        BROWSER.click("#to-queue");
        BROWSER.awaitText("#queue-view h2", "queue");
        assertReadable("queue");
        assertThat(BROWSER.script("return document.documentElement.scrollWidth")).isEqualTo((long) width);
    }

    private static void assertReadable(String where) {
        assertThat((List<?>) BROWSER.script(Accessibility.TOO_FAINT)).as("too faint in " + where).isEmpty();
        assertThat(Accessibility.nameless(BROWSER)).as("without a name in " + where).isEmpty();
    }

    private static void openMailbox() {
        openMailbox(MailboxUsers.MONA, MailboxUsers.MONAS_PASSWORD);
    }

    private static void openMailbox(String user, String password) {
        BROWSER.open("/mail/");
        logIn(user, password);
        BROWSER.awaitText("#live", "Live");
    }

    private static void logIn(String user, String password) {
        BROWSER.write("#user", user);
        BROWSER.write("#password", password);
        BROWSER.click("#log-in");
    }

    private static void awaitSubjects(String... subjects) {
        Await.until("the mails " + List.of(subjects), () -> BROWSER.texts(SUBJECTS).equals(List.of(subjects)));
    }

    private static List<?> requestsElsewhere() {
        return (List<?>) BROWSER.script("return performance.getEntriesByType('resource').map(entry => entry.name)"
                + ".filter(address => !address.startsWith(location.origin + '/mail/'))");
    }

    private static void send(String from, String to, String subject, String text) throws Exception {
        Mails.send(Mails.message(from, to, subject, text), StartTls.REQUIRED);
    }

    private static MimeBodyPart text(String text) throws Exception {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, "UTF-8");
        return part;
    }

    private static MimeBodyPart file(String name, String type, byte[] octets) throws Exception {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(octets, type)));
        part.setFileName(name);
        return part;
    }
}
