package io.smtpra.ra.inbound.listener.framing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmtpFrameDecoderTest {

    @Test
    void linesEndInCrLf() {
        assertThat(Frames.of("EHLO a\r\n\r\nNOOP\r\nRS", "ET\r", "\nQU")).containsExactly(
                "line EHLO a", "line ", "line NOOP", "line RSET");
    }

    @Test
    void nulAndEightBitPass() {
        assertThat(Frames.of("N\0P\u00e9\r\nDATA\r\n\0\u00ff\u0080\r\n.\r\n"))
                .containsExactly("line N\0P\u00e9", "line DATA", "content \0\u00ff\u0080\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "12286, true", "12287, false", "12288, false", "100000, false",
    })
    void lineIsBounded(int length, boolean taken) {
        String line = "x".repeat(length);
        String expected = taken ? "line " + line : "TOO_LONG";
        for (int split : new int[] {1, length / 2, length - 1, length, length + 1}) {
            String all = line + "\r\nNOOP\r\n";
            assertThat(Frames.of(all.substring(0, split), all.substring(split)))
                    .as("split at %d", split).containsExactly(expected, "line NOOP");
        }
    }

    @Test
    void chunkIsTakenByLength() {
        assertThat(Frames.of("BDAT 9\r\n.\r\n\r\n.\r\n", "\nNOOP\r\nBDAT 0\r\n")).containsExactly(
                "line BDAT 9", "content .\r\n\r\n.\r\n\n", "line NOOP", "line BDAT 0", "content ");
    }

    @ParameterizedTest
    @CsvSource({
        "'.'        , ''",
        "'..\r\n.'  , '.\r\n'",
        "'.x\r\n.'  , 'x\r\n'",
        "'...\r\n.' , '..\r\n'",
        "'a\r\n..b\r\n.' , 'a\r\n.b\r\n'",
        "'\r\n.'    , '\r\n'",
        "'a.\r\n.'  , 'a.\r\n'",
    })
    void dotStuffingIsUndone(String sent, String meant) {
        assertThat(Frames.of("DATA\r\n" + sent + "\r\n")).containsExactly("line DATA", "content " + meant);
    }

    @Property(tries = 2000)
    void anySplitGivesTheSame(@ForAll("streams") String stream, @ForAll List<Integer> cuts) {
        List<String> whole = Frames.of(stream);

        assertThat(Frames.of(split(stream, cuts))).isEqualTo(whole);
        assertThat(Frames.of(stream.split(""))).as("octet by octet").isEqualTo(whole);
        assertThat(whole).as("reference").isEqualTo(ReferenceFraming.of(stream));
    }

    @ParameterizedTest
    @CsvSource({
        "'a\nb\rc\r\nd'         , 'a\r\nb\r\nc\r\nd\r\n'",
        "'a\n\nb\r\rc\n\rd'      , 'a\r\n\r\nb\r\n\r\nc\r\n\r\nd\r\n'",
        "'a\r\r\nb'             , 'a\r\n\r\nb\r\n'",
        "'a\n..b\r..c\r\n..d'    , 'a\r\n.b\r\n.c\r\n.d\r\n'",
        "'a\n.\nb\r.\rc\r\n.\nd' , 'a\r\n\r\nb\r\n\r\nc\r\n\r\nd\r\n'",
        "'\n'                    , '\r\n\r\n'",
        "'a.\n.'                 , 'a.\r\n\r\n'",
    })
    void lineEndsAreMended(String sent, String meant) {
        List<String> found = Frames.mended("DATA\r\n" + sent + "\r\n.\r\nNOOP\r\n");
        assertThat(found).hasSize(3).endsWith("line NOOP");
        assertThat(found.get(1)).startsWith("bare ").endsWith("content " + meant);
    }

    @Property(tries = 2000)
    void anySplitIsMendedAlike(@ForAll("streams") String stream, @ForAll List<Integer> cuts) {
        List<String> whole = Frames.mended(stream);

        assertThat(finished(Frames.mended(split(stream, cuts)))).isEqualTo(finished(whole));
        assertThat(finished(Frames.mended(stream.split("")))).as("octet by octet").isEqualTo(finished(whole));
        assertThat(finished(whole)).as("reference").isEqualTo(finished(ReferenceFraming.mended(stream)));
    }

    private static List<String> finished(List<String> found) {
        return found.stream().filter(frame -> !frame.startsWith("unfinished ")).toList();
    }

    @Property(tries = 500)
    void anyPlaceInMemoryGivesTheSame(@ForAll("streams") String stream) {
        byte[] octets = stream.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer direct = ByteBuffer.allocateDirect(octets.length + 3);
        direct.position(3);
        direct.put(octets).flip().position(3);
        Frames frames = new Frames();
        frames.feed(direct);

        assertThat(frames.found()).isEqualTo(Frames.of(stream));
    }

    @Property(tries = 500)
    void whatIsStoredIsWhatWasMeant(@ForAll("lines") List<String> lines) {
        String stuffed = lines.stream()
                .map(line -> (line.startsWith(".") ? "." + line : line) + "\r\n").collect(Collectors.joining());

        assertThat(Frames.of("DATA\r\n" + stuffed + ".\r\nQUIT\r\n")).containsExactly(
                "line DATA", "content " + String.join("", lines.stream().map(l -> l + "\r\n").toList()), "line QUIT");
    }

    @Provide
    Arbitrary<String> streams() {
        Arbitrary<String> piece = Arbitraries.of("\r", "\n", "\r\n", ".", "..", "\r\n.\r\n", "DATA\r\n", "\r\nDATA\r\n",
                "BDAT 5\r\n", "BDAT 0\r\n", "BDAT 20\r\n", "abcdefgh", "x", "\0", "\u008d\u008a", "MAIL FROM:<>\r\n");
        return piece.list().ofMaxSize(40).map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<List<String>> lines() {
        return Arbitraries.strings().withCharRange('\0', '\u00ff').filter(line -> !line.matches("(?s).*[\r\n].*"))
                .list().ofMaxSize(10);
    }

    private static String[] split(String stream, List<Integer> cuts) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        for (int cut : cuts) {
            int end = Math.min(stream.length(), start + Math.floorMod(cut, 24));
            pieces.add(stream.substring(start, end));
            start = end;
        }
        pieces.add(stream.substring(start));
        return pieces.toArray(String[]::new);
    }
}
