package io.smtpra.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <p>Hello.</p>                                             | Hello.~
            <p>One.</p><p>Two.</p>                                    | One.~~Two.~
            one<br>two<BR/>three                                      | one~two~three~
            one<br><br><br>two                                        | one~~two~
            <div>one</div><div>two <b>bold</b> words</div>            | one~two bold words~
            <ul><li>a</li><li>b</li></ul>                             | a~b~
            <table><tr><td>a</td><td>b</td></tr></table>              | a b~
            a &amp; b &lt;c&gt; &quot;d&quot;                         | a & b <c> "d"~
            Gr&uuml;&szlig;e &euro; &#8364; &#x20AC;                  | Grüße € € €~
            a&nbsp;&nbsp;b                                            | a b~
            &unknown; &; & &#0; &#xD800; &#99999999999;               | &unknown; &; & &#0; &#xD800; &#99999999999;~
            <head><title>t</title></head>text                         | text~
            <style>p { }</style><script>1 < 2</script>text            | text~
            <STYLE type="a">x</STYLE >text                            | text~
            <!-- hidden -->text<!-- > -->                             | text~
            <!DOCTYPE html><html><body>text</body></html>             | text~
            <a href="https://example.com/">link</a>                   | link~
            1 < 2 and 3 > 2                                           | 1 < 2 and 3 > 2~
            <p                                                        | ``
            <script>never ends                                        | ``
            ``                                                        | ``
            """)
    void itIsWordsAndLines(String html, String expected) {
        assertThat(HtmlText.of(html)).isEqualTo(expected.replace("~", "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<", "</", "<!--", "<p", "<script>", "</p", "&", "&a", "<p>", "<style></script>", " ",
            "&nbsp;"})
    @Timeout(20)
    void noHtmlTakesLong(String piece) {
        assertThat(HtmlText.of(piece.repeat(2_000_000 / piece.length()))).isNotNull();
        assertThat(HtmlText.of("<script>" + piece.repeat(2_000_000 / piece.length()))).isNotNull();
    }
}
