package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.Mails.StartTls;
import jakarta.json.JsonObject;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mailbox as it is delivered, through its REST interface. */
@ExtendWith(ArquillianExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MailboxIT {

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    private static final String AUTHOR = "author@example.org";
    private static final String PARTS = """
            From: Jörg <author@example.org>
            To: ben@example.com
            Subject: With parts
            Message-ID: <parts@example.org>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=a

            --a
            Content-Type: text/html; charset=utf-8

            <p onclick="alert(1)">Größe <img src="cid:logo@example.org"><script>alert(2)</script></p>
            --a
            Content-Type: image/png
            Content-ID: <logo@example.org>
            Content-Disposition: inline

            PNG
            --a
            Content-Type: text/html
            Content-Disposition: attachment; filename="../<script>.html"
            Content-Transfer-Encoding: base64

            MDEyMzQ1Njc4OQ==
            --a--
            """;

    private final MailboxClient mona = new MailboxClient(Ports.HTTP);
    private final MailboxClient ben = new MailboxClient(Ports.HTTP);

    @BeforeAll
    static void deploy() throws Exception {
        WILDFLY.dropQueue();
        MailboxUsers.setUp(WILDFLY);
        WILDFLY.deploy(Archives.ear());
    }

    @BeforeEach
    void logIn() throws Exception {
        mona.logIn(MailboxUsers.MONA, MailboxUsers.MONAS_PASSWORD);
        ben.logIn(MailboxUsers.BEN, MailboxUsers.BENS_PASSWORD);
    }

    @AfterEach
    void removeAll() throws Exception {
        for (JsonObject mail : mona.found("")) {
            mona.change("DELETE", "api/mails/" + mail.getString("id"), "");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "mails", "mails/X", "mails/X/raw", "mails/X/source", "mails/X/html",
            "mails/X/parts/1",
        "mails/X/parts/1/image", "events", "queue", "openapi.json"})
    void nobodyIsAnsweredWhoHasNotLoggedIn(String path) throws Exception {
        HttpResponse<String> answer = new MailboxClient(Ports.HTTP).get("api/" + path);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "index.html", "js/main.js", "mailbox.css"})
    void nobodySeesThePageWhoHasNotLoggedIn(String path) throws Exception {
        HttpResponse<String> answer = new MailboxClient(Ports.HTTP).get(path);

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/mail/login.html");
    }

    @Test
    void theCookieIsForThisSiteAndNoScript() throws Exception {
        HttpResponse<String> answer =
                new MailboxClient(Ports.HTTP).logIn(MailboxUsers.BEN, MailboxUsers.BENS_PASSWORD);

        assertThat(answer.headers().firstValue("Set-Cookie").orElse("")).contains("HttpOnly", "SameSite=Strict");
        assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/mail/");
    }

    @Test
    void aWrongPasswordAndAUserWithoutARoleAreRefused() throws Exception {
        MailboxClient wrong = new MailboxClient(Ports.HTTP);
        wrong.logIn(MailboxUsers.BEN, "wrong");
        assertThat(wrong.get("api/mails").statusCode()).isEqualTo(401);

        MailboxClient eve = new MailboxClient(Ports.HTTP);
        eve.logIn(MailboxUsers.EVE, MailboxUsers.EVES_PASSWORD);
        assertThat(eve.get("api/mails").statusCode()).isEqualTo(403);
        assertThat(eve.get("index.html").statusCode()).isEqualTo(403);
    }

    @Test
    void whoLogsOutIsOut() throws Exception {
        assertThat(ben.change("DELETE", "api/session", "").statusCode()).isEqualTo(204);

        assertThat(ben.get("api/mails").statusCode()).isEqualTo(401);
    }

    @Test
    void eachUserSeesTheOwnMail() throws Exception {
        send("ben@example.com", "For Ben");
        send("anna@example.com", "For Anna");
        MimeMessage both = Mails.message(AUTHOR, "ben@example.com", "For both", "text");
        both.addRecipients(MimeMessage.RecipientType.CC, "anna@example.com");
        Mails.send(both, StartTls.REQUIRED);

        assertThat(subjects(ben)).containsExactly("For both", "For Ben");
        assertThat(subjects(mona)).containsExactly("For both", "For Anna", "For Ben");
        assertThat(ben.found("both").get(0).getJsonArray("recipients")).hasSize(1);
        String anna = mona.found("").stream().filter(mail -> mail.getString("subject").equals("For Anna")).findFirst()
                .orElseThrow().getString("id");
        for (String path : List.of("", "/raw", "/source", "/html", "/parts/1")) {
            assertThat(ben.get("api/mails/" + anna + path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(ben.change("DELETE", "api/mails/" + anna, "").statusCode()).isEqualTo(404);
        assertThat(ben.change("PUT", "api/mails/" + anna + "/read", "{\"read\":true}").statusCode()).isEqualTo(404);
        assertThat(ben.change("POST", "api/mails/" + anna + "/resend", "{\"to\":[\"ben@example.com\"]}").statusCode())
                .isEqualTo(404);
        assertThat(ben.get("api/queue").statusCode()).isEqualTo(403);
        assertThat(subjects(mona)).hasSize(3);
    }

    @Test
    void aMailIsShownWithItsPartsAndAsItIs() throws Exception {
        try (OctetClient client = new OctetClient(Ports.SMTP)) {
            client.send("ben@example.com", PARTS.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        JsonObject entry = ben.await("größe");
        String path = "api/mails/" + entry.getString("id");
        JsonObject mail = ben.json(path);

        assertThat(mail.getString("from")).isEqualTo("Jörg <author@example.org>");
        assertThat(mail.getBoolean("html")).isTrue();
        assertThat(mail.getString("listener")).isEqualTo("SMTP");
        assertThat(mail.getJsonArray("hops")).hasSize(1);
        assertThat(mail.getJsonArray("parts").getValuesAs(JsonObject.class)).extracting(part -> part.getString("name"))
                .containsExactly("unnamed.png", "_script_.html");
        assertThat(ben.octets(path + "/raw").body()).asString(StandardCharsets.UTF_8)
                .startsWith("Received: ").endsWith(PARTS.replace("\n", "\r\n"));
        HttpResponse<String> part = ben.get(path + "/parts/3", "Range", "bytes=2-4");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("234");
        assertThat(part.headers().map())
                .containsEntry("Content-Range", List.of("bytes 2-4/10"))
                .containsEntry("Content-Type", List.of("application/octet-stream"))
                .containsEntry("X-Content-Type-Options", List.of("nosniff"));
        assertThat(part.headers().firstValue("Content-Disposition").orElse(""))
                .isEqualTo("attachment; filename=\"_script_.html\"; filename*=UTF-8''_script_.html");
        HttpResponse<String> html = ben.get(path + "/html");
        assertThat(html.body()).contains("Größe", "data:image/png;base64,").doesNotContain("script", "onclick");
        assertThat(html.headers().firstValue("Content-Security-Policy").orElse("")).startsWith("sandbox ")
                .contains("default-src 'none'").doesNotContain("allow-scripts");
        assertThat(ben.get(path + "/parts/99").statusCode()).isEqualTo(404);
        assertThat(ben.get(path + "/parts/3/image").statusCode()).isEqualTo(404);
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() throws Exception {
        send("ben@example.com", "Tagged");
        String path = "api/mails/" + ben.await("Tagged").getString("id");
        for (String each : List.of("", "/raw")) {
            String tag = ben.get(path + each).headers().firstValue("ETag").orElseThrow();
            assertThat(ben.get(path + each, "If-None-Match", tag).statusCode()).isEqualTo(304);
        }
        String tag = ben.get(path).headers().firstValue("ETag").orElseThrow();

        assertThat(ben.change("PUT", path + "/read", "{\"read\":true}").statusCode()).isEqualTo(204);

        assertThat(ben.get(path, "If-None-Match", tag).statusCode()).isEqualTo(200);
        assertThat(ben.json(path).getBoolean("read")).isTrue();
        assertThat(ben.json("api/mails?unread=true").getJsonArray("mails")).isEmpty();
    }

    @Test
    void whatChangesSomethingComesFromThePage() throws Exception {
        send("ben@example.com", "Stays");
        String path = "api/mails/" + ben.await("Stays").getString("id");

        assertThat(ben.changeFromElsewhere("DELETE", path, "").statusCode()).isEqualTo(403);
        assertThat(ben.changeFromElsewhere("PUT", path + "/read", "{\"read\":true}").statusCode()).isEqualTo(403);
        assertThat(ben.changeFromElsewhere("POST", path + "/answer", "{\"text\":\"x\"}").statusCode()).isEqualTo(403);

        assertThat(ben.json(path).getBoolean("read")).isFalse();
    }

    @Test
    void badRequestsAreToldWhatIsWrong() throws Exception {
        send("ben@example.com", "Here");
        String path = "api/mails/" + ben.await("Here").getString("id");
        for (String query : List.of("limit=0", "limit=201", "limit=x", "after=x")) {
            assertThat(ben.get("api/mails?" + query).statusCode()).as(query).isEqualTo(400);
        }
        for (String body : List.of("", "[]", "{}", "{\"to\":[]}", "{\"to\":[1]}", "{\"to\":[\"a@@b\"]}",
                "{\"to\":[\"a@example.com\\r\\nBcc: b@example.com\"]}")) {
            assertThat(ben.change("POST", path + "/resend", body).statusCode()).as(body).isEqualTo(400);
        }
        assertThat(mona.get("api/queue?state=NONSENSE").statusCode()).isEqualTo(400);
        assertThat(mona.change("POST", "api/queue/999999999/retry", "").statusCode()).isEqualTo(404);
        assertThat(ben.get("api/nothing").statusCode()).isEqualTo(404);
        assertThat(WILDFLY.log().lines()).noneMatch(line -> line.contains(" ERROR "));
    }

    @Test
    void answersForwardsAndSendsAgain() throws Exception {
        send("ben@example.com", "Question");
        String path = "api/mails/" + ben.await("Question").getString("id");
        try (SmtpPeer nextHop = SmtpPeer.plain()) {
            assertThat(ben.change("POST", path + "/answer", "{\"text\":\"Ja, größer\",\"all\":false}").statusCode())
                    .isEqualTo(202);
            assertThat(ben.change("POST", path + "/forward", "{\"to\":[\"a@example.net\"],\"text\":\"Look\"}")
                    .statusCode()).isEqualTo(202);
            assertThat(ben.change("POST", path + "/resend", "{\"to\":[\"b@example.net\",\"c@example.net\"]}")
                    .statusCode()).isEqualTo(202);
            Await.until("three mails", () -> nextHop.mails().size() == 3);

            assertThat(nextHop.mails()).allSatisfy(mail -> assertThat(mail.from()).isEqualTo("ben@example.com"));
            assertThat(nextHop.mails()).extracting(mail -> String.join(" ", mail.recipients()))
                    .containsExactlyInAnyOrder(AUTHOR, "a@example.net", "b@example.net c@example.net");
            String answer = content(nextHop, AUTHOR);
            assertThat(answer).contains("Subject: Re: Question\r\n", "In-Reply-To: <", "References: <");
            assertThat(content(nextHop, "a@example.net")).contains("Subject: Fwd: Question\r\n", "Look");
            assertThat(content(nextHop, "b@example.net")).startsWith("Resent-Date: ")
                    .contains("Resent-From: ben@example.com\r\nResent-To: b@example.net,\r\n c@example.net\r\n",
                            "\r\nSubject: Question\r\n");
        }
        Await.until("the queue to tell it", () -> queue().stream().limit(3)
                .allMatch(mail -> mail.getString("state").equals("SENT")));
        assertThat(queue()).extracting(mail -> mail.getString("subject"))
                .startsWith("Question", "Fwd: Question", "Re: Question");
    }

    /** The last one: a next hop that was away is left alone for a while. */
    @Test
    @Order(Integer.MAX_VALUE)
    void whatWaitsIsTriedAgainOrCancelled() throws Exception {
        send("ben@example.com", "Nobody listens");
        String path = "api/mails/" + ben.await("Nobody listens").getString("id");
        // no next hop listens
        ben.change("POST", path + "/resend", "{\"to\":[\"b@example.net\"]}");
        Await.until("the first attempt", () -> queue().get(0).getInt("attempts") == 1);
        String id = String.valueOf(queue().get(0).getInt("id"));
        assertThat(queue().get(0).getJsonArray("recipients").getJsonObject(0).getString("lastReply")).isNotEmpty();
        assertThat(mona.change("POST", "api/queue/" + id + "/retry", "").statusCode()).isEqualTo(204);
        Await.until("it can be cancelled", () -> {
            try {
                return mona.change("POST", "api/queue/" + id + "/cancel", "").statusCode() == 204;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(queue().get(0).getString("state")).isEqualTo("CANCELLED");
        assertThat(mona.change("POST", "api/queue/" + id + "/retry", "").statusCode()).isEqualTo(409);
    }

    @Test
    void browsersAreToldOfNewMailThatTheyMaySee() throws Exception {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        HttpResponse<InputStream> stream = ben.stream("api/events");
        CompletableFuture.runAsync(() -> new BufferedReader(new InputStreamReader(stream.body(),
                StandardCharsets.UTF_8))
                .lines().forEach(lines::add));
        Await.until("the stream to begin", () -> !lines.isEmpty());

        send("anna@example.com", "Not his");
        send("ben@example.com", "His");
        Await.until("the event", () -> lines.stream().anyMatch(line -> line.contains("\"subject\":\"His\"")));
        String id = ben.await("His").getString("id");
        ben.change("DELETE", "api/mails/" + id, "");
        Await.until("its end", () -> lines.contains("event: removed"));

        assertThat(lines).contains("event: mail").noneMatch(line -> line.contains("Not his"));
        stream.body().close();
    }

    @Test
    void aMailThatCannotBeDecodedIsShownAsItsSource() throws Exception {
        try (OctetClient client = new OctetClient(Ports.SMTP)) {
            assertThat(client.send("ben@example.com", ("Subject: Broken\r\nContent-Type: multipart/mixed; "
                    + "boundary=x\r\n\r\nno part\r\n").getBytes(StandardCharsets.US_ASCII))).startsWith("250 ");
        }
        String path = "api/mails/" + ben.await("Broken").getString("id");

        assertThat(ben.json(path).getString("undecodable")).isNotEmpty();
        assertThat(ben.get(path + "/source").body()).endsWith("\r\n\r\nno part\r\n");
    }

    @Test
    void theInterfaceDescribesItself() throws Exception {
        assertThat(ben.json("api/openapi.json").getJsonObject("paths")).containsKey("/mails/{id}/answer");
    }

    private static void send(String to, String subject) throws Exception {
        Mails.send(Mails.message(AUTHOR, to, subject, "text"), StartTls.REQUIRED);
        // so that none is of the same millisecond
        TimeUnit.MILLISECONDS.sleep(2);
    }

    private List<JsonObject> queue() {
        try {
            return mona.json("api/queue").getJsonArray("mails").getValuesAs(JsonObject.class);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String content(SmtpPeer peer, String recipient) {
        return peer.mails().stream().filter(mail -> mail.recipients().contains(recipient)).findFirst().orElseThrow()
                .content();
    }

    private static List<String> subjects(MailboxClient user) throws Exception {
        return user.found("").stream().map(mail -> mail.getString("subject")).toList();
    }
}
