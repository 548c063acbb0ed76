package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the mailbox says of who really sent a mail, from the DNS to the page. */
@ExtendWith(ArquillianExtension.class)
class MailboxVerdictsIT {

    private static final String INBOX = "inbox@example.com";

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static NameServer dns;

    /** The client is on this host, which is trusted unless the property says otherwise. */
    @BeforeAll
    static void deploy() throws Exception {
        dns = new NameServer()
                .txt("proven.example.org", "v=spf1 ip4:127.0.0.1 -all")
                .txt("_dmarc.proven.example.org", "v=DMARC1; p=reject")
                .txt("denied.example.org", "v=spf1 -all exp=why.example.org")
                .txt("_dmarc.denied.example.org", "v=DMARC1; p=none");
        WILDFLY.property("smtpra.dns.servers", dns.address());
        WILDFLY.property("smtpra.trusted.networks", "192.0.2.0/24");
        MailboxUsers.setUp(WILDFLY);
        WILDFLY.deploy(Archives.ear());
        send("Proven mail", "joe@proven.example.org");
        send("Denied mail", "joe@denied.example.org");
        send("Unknown mail", "joe@unknown.example.org");
    }

    @AfterAll
    static void stop() {
        dns.close();
    }

    @Test
    void theInterfaceTellsAndFinds() throws Exception {
        MailboxClient mona = new MailboxClient(Ports.HTTP);
        mona.logIn(MailboxUsers.MONA, MailboxUsers.MONAS_PASSWORD);

        assertThat(mona.await("Proven mail").getString("sender")).isEqualTo("proven");
        assertThat(mona.await("Denied mail").getString("sender")).isEqualTo("doubtful");
        assertThat(mona.await("Unknown mail").getString("sender")).isEqualTo("unproven");
        assertThat(verdicts(mona, "Denied mail"))
                .contains("spf fail denied.example.org", "dmarc fail denied.example.org");
        assertThat(verdicts(mona, "Proven mail"))
                .contains("spf pass proven.example.org", "dmarc pass proven.example.org");
        assertThat(mona.json("api/mails?sender=doubtful&q=mail").getJsonArray("mails").getValuesAs(JsonObject.class))
                .extracting(mail -> mail.getString("subject")).containsExactly("Denied mail");
        assertThat(mona.get("api/mails?sender=me").statusCode()).isEqualTo(400);
    }

    @Test
    void thePageShowsThemOnDemandAndToWhoCannotSeeIt() {
        BROWSER.open("/mail/");
        BROWSER.write("#user", MailboxUsers.MONA);
        BROWSER.write("#password", MailboxUsers.MONAS_PASSWORD);
        BROWSER.click("#log-in");
        BROWSER.awaitText("#live", "Live");

        BROWSER.open("/mail/#q=is%3Adoubtful");
        BROWSER.awaitText("#mails .row .subject b", "Denied mail");
        assertThat(BROWSER.texts("#mails .row .subject b")).containsExactly("Denied mail");
        assertThat(BROWSER.find("#mails .row .marks").getDomProperty("textContent")).contains("?", "sender doubtful");
        BROWSER.click("#mails .row");
        BROWSER.awaitText("#mail .verdicts summary", "sender doubtful");
        assertThat(BROWSER.script("return document.querySelector('#mail .verdicts').open")).isEqualTo(false);

        BROWSER.click("#mail .verdicts summary");
        assertThat(BROWSER.find("#mail .verdicts dl").getText())
                .contains("SPF", "fail for denied.example.org", "DMARC");
        assertThat((List<?>) BROWSER.script(Accessibility.TOO_FAINT)).as("too faint").isEmpty();
        assertThat(Accessibility.nameless(BROWSER)).as("without a name").isEmpty();
        BROWSER.screenshot("verdicts");
    }

    private static List<String> verdicts(MailboxClient client, String subject) throws Exception {
        return client.json("api/mails/" + client.await(subject).getString("id")).getJsonArray("verdicts")
                .getValuesAs(JsonObject.class).stream().map(verdict -> verdict.getString("method") + " "
                        + verdict.getString("result") + " " + verdict.getString("domain")).toList();
    }

    private static void send(String subject, String from) throws Exception {
        assertThat(Dialogue.sendContent(from, INBOX,
                "From: <" + from + ">\r\nSubject: " + subject + "\r\n\r\ntext\r\n")).startsWith("250");
    }
}
