package io.smtpra.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdFinderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Message-ID: <a@b>\\r\\n\\r\\n | <a@b>",
        "Subject: x\\r\\nMESSAGE-id:<a@b>\\r\\n | <a@b>",
        "Subject: x\\nMessage-Id\t: <a@b>\\n\\n | <a@b>",
        "Message-ID:\\r\\n <a@b>\\r\\n | <a@b>",
        "Message-ID: <a@b> (comment) <c@d>\\r\\n | <a@b>",
        "Message-ID: a@b\\r\\nSubject: x\\r\\n | a@b",
        "Message-ID: \\r\\nMessage-ID: <a@b>\\r\\n | <a@b>",
        "Message-ID: <first@b>\\r\\nMessage-ID: <second@b>\\r\\n | <first@b>",
        "Message-ID: <a b\"@\u00e9>\\r\\n | <a?b?@??>",
    })
    void findsIt(String mail, String expected) {
        String octets = mail.replace("\\r", "\r").replace("\\n", "\n");
        assertThat(found(octets)).contains(expected);
        MessageIdFinder inPieces = new MessageIdFinder();
        for (byte octet : octets.getBytes(StandardCharsets.UTF_8)) {
            inPieces.look(ByteBuffer.wrap(new byte[] {octet}));
        }
        assertThat(inPieces.found()).contains(expected);
        assertThat(inPieces.isOver()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "\r\nMessage-ID: <in@body>\r\n",
        "Subject: x\r\n\r\nMessage-ID: <in@body>\r\n",
        "X-Message-ID: <a@b>\r\n\r\n",
        "Message-IDs: <a@b>\r\n\r\n",
        "Message-ID <a@b>\r\n\r\n",
        "Subject: x\r\n Message-ID: <a@b>\r\n\r\n",
        "Message-ID:\r\n\r\n<in@body>",
        "Messag\r\ne-ID: <a@b>\r\n\r\n",
        "Message\rID: <a@b>\r\n\r\n",
    })
    void findsNothing(String mail) {
        assertThat(found(mail)).isEmpty();
    }

    @Test
    void cutsWhatIsTooLong() {
        assertThat(found("Message-ID: <" + "a".repeat(1_000) + ">\r\n").orElseThrow()).hasSize(250);
    }

    private static Optional<String> found(String mail) {
        MessageIdFinder finder = new MessageIdFinder();
        byte[] octets = mail.getBytes(StandardCharsets.UTF_8);
        finder.look(octets, 0, octets.length);
        return finder.found();
    }
}
