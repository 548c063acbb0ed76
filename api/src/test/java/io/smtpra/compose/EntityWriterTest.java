package io.smtpra.compose;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is to the octet what Jakarta Mail writes. */
class EntityWriterTest {

    private static final Session SESSION = Session.getInstance(new Properties());
    private static final ContentTypes TYPES = new ContentTypes();
    private static final String LONG = "All work and no play makes Jack a dull boy.\r\n".repeat(200);

    static Stream<Arguments> texts() {
        List<String> types = List.of("text/plain", "text/html; charset=utf-8", "text/plain; charset=us-ascii",
                "text/plain; charset=iso-8859-1", "text/html; charset=utf-16", "text/plain; charset=iso-2022-jp",
                "text/plain; charset=koi8-r", "text/xml; charset=utf-8");
        List<String> texts = List.of("", "hello", "two\nlines\r\n", ".\r\n..\r\n", "Grüße, привет, 你好\r\n",
                "half a pair \ud83d here", "\u0000\u0007\u001b", LONG, LONG + "ü");
        return types.stream().flatMap(type -> texts.stream().map(text -> Arguments.of(type, text)));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aTextThatWasMade(String type, String text) throws Exception {
        MimeMessage message = message(new DataHandler(text, type));

        assertWritten(message);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aTextWhoseEncodingTheApplicationNames(String type, String text) throws Exception {
        for (String encoding : List.of("8bit", "quoted-printable", "base64")) {
            MimeMessage message = new MimeMessage(SESSION);
            message.setDataHandler(new DataHandler(text, type));
            message.setHeader("Content-Transfer-Encoding", encoding);
            message.saveChanges();

            assertWritten(message);
        }
    }

    @Test
    void octetsFromASourceStayAsTheyAre() throws Exception {
        byte[] noUtf8 = {'a', (byte) 0xfc, '\n', (byte) 0xff, 0};
        for (String type : List.of("text/plain; charset=utf-8", "application/octet-stream")) {
            assertWritten(message(new DataHandler(new ByteArrayDataSource(noUtf8, type))));
            assertWritten(message(new DataHandler(new Nameless(noUtf8, type))));
        }
    }

    private static MimeMessage message(DataHandler content) throws Exception {
        MimeMessage message = new MimeMessage(SESSION);
        message.setSubject("Grüße");
        message.setDataHandler(content);
        message.saveChanges();
        return message;
    }

    private static void assertWritten(MimeMessage message) throws Exception {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        message.writeTo(expected, new String[] {"Message-ID"});
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        LineStream lines = new LineStream(written);
        new EntityWriter(lines, TYPES, SESSION).write(message, "Message-ID");
        lines.pass();
        assertThat(written.toByteArray()).asString(StandardCharsets.ISO_8859_1)
                .isEqualTo(expected.toString(StandardCharsets.ISO_8859_1));
    }

    /** A source without a name, which a content that was made has not either. */
    private record Nameless(byte[] octets, String type) implements DataSource {

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(octets);
        }

        @Override
        public OutputStream getOutputStream() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getContentType() {
            return type;
        }

        @Override
        public String getName() {
            return null;
        }
    }
}
