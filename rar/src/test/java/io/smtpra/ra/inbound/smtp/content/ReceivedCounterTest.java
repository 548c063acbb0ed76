package io.smtpra.ra.inbound.smtp.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Counting hops while a content passes. */
class ReceivedCounterTest {

    @Example
    void countsHeadersOfThatNameAlone() {
        assertThat(count("")).isZero();
        assertThat(count("Received: a\r\n")).isEqualTo(1);
        assertThat(count("received:a\r\nRECEIVED :b\r\nReceived\t : c\r\n")).isEqualTo(3);
        assertThat(count("Subject: a\r\nReceived: a\r\n\tReceived: fold\r\nX-Received: a\r\nReceived-SPF: a\r\n"))
                .isEqualTo(1);
        assertThat(count("Receive: a\r\nReceivedd: a\r\nReceived a: b\r\n")).isZero();
        assertThat(count("Subject: a\r\n\r\nReceived: in the text\r\n")).isZero();
        assertThat(count("\r\nReceived: in the text\r\n")).isZero();
        assertThat(count("Received: a:b:c\r\n")).isEqualTo(1);
    }

    @Property(tries = 500)
    void countsTheSameHoweverItIsCut(@ForAll("contents") String content, @ForAll @IntRange(min = 1, max = 9) int step) {
        byte[] octets = content.getBytes(StandardCharsets.US_ASCII);
        ReceivedCounter counter = new ReceivedCounter();
        for (int from = 0; from < octets.length; from += step) {
            ByteBuffer piece = ByteBuffer.wrap(octets, from, Math.min(step, octets.length - from));
            counter.count(piece);
            assertThat(piece.position()).as("not taken").isEqualTo(from);
        }
        assertThat(counter.count()).isEqualTo(count(content)).isEqualTo(slowly(content));
    }

    @Provide
    Arbitrary<String> contents() {
        return Arbitraries.of("Received: a", "received:", "RECEIVED \t: b", "Receiver: c", "Subject: Received: d",
                        " Received: e", "\r\n", "\r\n", "\r\n", "\r\n\r\n", "x", ":", "\r", "\n")
                .list().ofMaxSize(20).map(parts -> String.join("", parts));
    }

    private static int count(String content) {
        ReceivedCounter counter = new ReceivedCounter();
        counter.count(ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII)));
        return counter.count();
    }

    /** The same with strings. */
    private static int slowly(String content) {
        List<String> headers = new ArrayList<>();
        for (String line : content.split("\n", -1)) {
            if (line.replace("\r", "").isEmpty()) {
                break;
            }
            headers.add(line);
        }
        return (int) headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).matches("(?s)received[ \\t]*:.*")).count();
    }
}
