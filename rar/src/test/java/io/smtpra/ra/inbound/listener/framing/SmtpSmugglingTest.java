package io.smtpra.ra.inbound.listener.framing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CVE-2023-51764 and its kin: a line end that only one of two servers believes in. */
class SmtpSmugglingTest {

    private static final String SECOND_MAIL = "MAIL FROM:<admin@example.com>\r\nRCPT TO:<x@example.com>\r\nDATA\r\n";

    @ParameterizedTest
    @ValueSource(strings = {
        "\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r.\r\n", "\r\n.\r", "\n.\r", "\r.\n", "\r\n\r.\r\n", "\n\n.\r\n",
        "\r\r\n.\n", "\r\n.\r\r\n", "\r\n.\0\r\n", "\r\n\0.\r\n", "\n\r.\r\n", "\r\r.\r\n", "\r\n.\r\0\n",
    })
    void onlyCrLfDotCrLfEndsData(String end) {
        String attack = "first" + end + SECOND_MAIL;

        var frames = Frames.of("DATA\r\n" + attack + "\r\n.\r\nQUIT\r\n");

        assertThat(frames).hasSize(3).startsWith("line DATA").endsWith("line QUIT");
        assertThat(frames.get(1)).contains("content first").contains("MAIL FROM:<admin@example.com>");
        if (!end.contains("\0")) {
            assertThat(frames.get(1)).startsWith("bare ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r.\r\n", "\r\n.\r", "\n.\r", "\r.\n", "\r\n\r.\r\n", "\n\n.\r\n",
        "\r\r\n.\n", "\r\n.\r\r\n", "\r\n.\0\r\n", "\r\n\0.\r\n", "\n\r.\r\n", "\r\r.\r\n", "\r\n.\r\0\n",
    })
    void mendedLineEndsDoNotEndDataAndLeaveNoEndForTheNextHop(String end) {
        var frames = Frames.mended("DATA\r\nfirst" + end + SECOND_MAIL + "\r\n.\r\nQUIT\r\n");

        assertThat(frames).hasSize(3).startsWith("line DATA").endsWith("line QUIT");
        assertThat(frames.get(1)).contains("content first").contains("MAIL FROM:<admin@example.com>")
                .doesNotContain("\r\n.\r\n").doesNotContainPattern("[^\r]\n").doesNotContainPattern("\r[^\n]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\n\r", "\r\r", "\n\n", "\r\0\n"})
    void bareLineEndDoesNotEndACommand(String end) {
        String fault = end.contains("\n") ? "BARE_LF" : "BARE_CR";
        assertThat(Frames.of("NOOP" + end + "RSET\r\nNOOP\r\n")).containsExactly(fault, "line NOOP");
    }

    /** What waits behind it is thrown away up to a CRLF, however much that is. */
    @Test
    void bareLineFeedIsToldBeforeTheLineHasEnded() {
        assertThat(Frames.of("EHLO a\n")).containsExactly("BARE_LF");
        assertThat(Frames.of("EHLO a\n", "MAIL FROM:<>\n", "DATA\n" + "x".repeat(100_000), "\r", "\nNOOP\r\n"))
                .containsExactly("BARE_LF", "line NOOP");
        assertThat(Frames.of("\n\r\nNOOP\r\n")).containsExactly("BARE_LF", "line NOOP");
    }

    @Test
    void doubleCarriageReturnBeforeLineFeedIsFaulty() {
        assertThat(Frames.of("NOOP\r\r\nQUIT\r\n")).containsExactly("BARE_CR", "line QUIT");
    }
}
