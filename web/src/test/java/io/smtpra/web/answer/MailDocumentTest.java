package io.smtpra.web.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailDocumentTest {

    private static final byte[] IMAGE = "an image".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @ValueSource(strings = {
        "<script>run()</script>",
        "<script src='https://canary.example/a.js'></script>",
        "<img src='x' onerror='run()'>",
        "<svg onload='run()'><script>run()</script></svg>",
        "<svg><style><img src=x onerror='run()'></style></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror='run()'></style></mglyph></table></mtext></math>",
        "<noscript><p title='</noscript><img src=x onerror=run()>'></noscript>",
        "<a href='javascript:run()'>go</a>",
        "<a href='java&#x0A;script:run()'>go</a>",
        "<a href='data:text/html,<script>run()</script>'>go</a>",
        "<a href='https://canary.example/' ping='https://canary.example/ping'>go</a>",
        "<base href='https://canary.example/'>",
        "<base target='_top'>",
        "<meta http-equiv='refresh' content='0;url=https://canary.example/'>",
        "<meta http-equiv='Content-Security-Policy' content='default-src *'>",
        "<link rel='preconnect' href='https://canary.example/'>",
        "<link rel='stylesheet' href='https://canary.example/a.css'>",
        "<link rel='dns-prefetch' href='//canary.example'>",
        "<iframe src='https://canary.example/'></iframe>",
        "<iframe srcdoc='<script>run()</script>'></iframe>",
        "<object data='https://canary.example/a.swf'></object>",
        "<embed src='https://canary.example/a.swf'>",
        "<form action='https://canary.example/'><input name='a' autofocus onfocus='run()'>"
                + "<button formaction='x'>go</button></form>",
        "<video autoplay src='https://canary.example/a.mp4' poster='https://canary.example/a.png'></video>",
        "<audio src='https://canary.example/a.mp3' onerror='run()'></audio>",
        "<img srcset='https://canary.example/a.png 2x'>",
        "<picture><source srcset='https://canary.example/a.png'></picture>",
        "<body background='https://canary.example/a.png' onload='run()'>",
        "<table background='https://canary.example/a.png'><tr><td>x</table>",
        "<img src='https://canary.example/a.png'>",
        "<img src='//canary.example/a.png'>",
        "<frameset><frame src='https://canary.example/'></frameset>",
        "<template><img src='https://canary.example/a.png'></template>",
        "<details open ontoggle='run()'>x</details>",
        "<input type='image' src='https://canary.example/a.png'>",
        "<marquee onstart='run()'>x</marquee>",
        "<!--[if mso]><img src='https://canary.example/a.png'><![endif]-->",
    })
    void nothingThatRunsOrFetchesIsTakenOver(String trick) {
        Document document = Jsoup.parse(documentOf("before " + trick + " after"));

        assertThat(document.select("script, link, base, iframe, frame, object, embed, form, input, button, svg, math,"
                + "template, noscript, video, audio, source, picture, marquee, meta[http-equiv]")).isEmpty();
        assertThat(document.select("[src], [srcset], [background], [poster], [data], [action], [ping], [target=_top]"))
                .isEmpty();
        assertThat(document.select("[^on]")).isEmpty();
        assertThat(document.select("[href]").eachAttr("href")).allMatch("https://canary.example/"::equals);
        assertThat(document.text()).startsWith("before").endsWith("after");
    }

    @Test
    void whatAMailLooksLikeStays() {
        String document = documentOf("<html><head><title>x</title><style>.a > b { color: red }</style></head>"
                + "<body bgcolor=\"#fff\" style=\"margin:0\"><table width=100><tr><td class=a><b>Hello</b>, "
                + "<font color=blue>J\u00f6rg</font></td></tr></table></body></html>");

        assertThat(document).startsWith("<!DOCTYPE html>\n<html>").contains("<meta charset=\"utf-8\">",
                "<style>.a > b { color: red }</style>", "<table width=\"100\">", "<td class=\"a\"><b>Hello</b>, ",
                "<font color=\"blue\">J\u00f6rg</font>", "bgcolor=\"#fff\"", "style=\"margin:0\"");
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com/a?b=c, href=\"https://example.com/a?b=c\" target=\"_blank\" rel=\"noopener noreferrer\"",
        "mailto:ann@example.com,    href=\"mailto:ann@example.com\" target=\"_blank\" rel=\"noopener noreferrer\"",
        "#below,                    href=\"#below\"",
    })
    void linksOpenATab(String address, String attributes) {
        assertThat(documentOf("<a href=\"" + address + "\" target=_top>go</a>"))
                .contains("<a " + attributes + ">go</a>");
    }

    @ParameterizedTest
    @CsvSource({
        "cid:logo@example.com, image/png, true",
        "CID:logo%40example.com, IMAGE/PNG; name=a.png, true",
        "cid:other@example.com, image/png, false",
        "cid:logo@example.com, image/svg+xml, false",
        "cid:logo@example.com, text/html, false",
    })
    void imagesOfTheMailAreInTheDocument(String address, String type, boolean shown) {
        String document = new MailDocument(false,
                id -> id.equals("logo@example.com") ? Optional.of(new InlineImage(type, IMAGE)) : Optional.empty())
                .of("<img src=\"" + address + "\" alt=logo>");

        assertThat(document).contains(shown
                ? "<img src=\"data:image/png;base64,YW4gaW1hZ2U=\" alt=\"logo\">" : "<img alt=\"logo\">");
    }

    @Test
    void imagesOfTheMailHaveABound() {
        InlineImage half = new InlineImage("image/png", new byte[MailDocument.LARGEST_IMAGES / 2 + 1]);

        String document = new MailDocument(false, id -> Optional.of(half))
                .of("<img src=cid:a><img src=cid:b><img src=cid:a>");

        assertThat(document.split("data:image/png", -1)).hasSize(3);
    }

    @Test
    void imagesElsewhereAreThereIfTheyAreWanted() {
        String document = new MailDocument(true, id -> Optional.empty()).of("<img src=\"https://example.com/a.png\">");

        assertThat(document).contains("<img src=\"https://example.com/a.png\">");
    }

    @Test
    void aDeepOrLongDocumentIsTakenAsFarAsItGoes() {
        assertThat(documentOf("<div>".repeat(100_000) + "deep")).contains("deep");
        assertThat(documentOf("x".repeat(MailDocument.LONGEST_HTML + 1) + "end")).doesNotContain("end");
    }

    private static String documentOf(String html) {
        return new MailDocument(false, id -> Optional.empty()).of(html);
    }
}
