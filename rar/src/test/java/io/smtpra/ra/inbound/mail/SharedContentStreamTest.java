package io.smtpra.ra.inbound.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ra.message.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedContentStreamTest {

    private final BytesContent content = new BytesContent("0123456789");
    private final SharedContentStream whole = new SharedContentStream(content, 0, 10);

    @Test
    void rangesAreRelativeToTheirOrigin() throws IOException {
        InputStream middle = whole.newStream(2, 8);
        InputStream inner = ((SharedContentStream) middle).newStream(1, -1);
        assertThat(text(inner)).isEqualTo("34567");
        assertThat(text(middle)).isEqualTo("234567");
        assertThat(text(whole)).isEqualTo("0123456789");
        assertThat(text(whole.newStream(12, -1))).isEmpty();
    }

    @Test
    void itKnowsWhereItIs() throws IOException {
        SharedContentStream middle = (SharedContentStream) whole.newStream(2, 8);
        assertThat(middle.getPosition()).isZero();
        assertThat(middle.read()).isEqualTo('2');
        assertThat(middle.skip(2)).isEqualTo(2);
        assertThat(middle.getPosition()).isEqualTo(3);
        assertThat(middle.available()).isEqualTo(3);
        assertThat(middle.skip(100)).isEqualTo(3);
        assertThat(middle.read()).isEqualTo(-1);
        assertThat(middle.read(new byte[4], 0, 4)).isEqualTo(-1);
    }

    @Test
    void itCanGoBackToAMark() throws IOException {
        whole.skip(3);
        whole.mark(100);
        assertThat(text(whole)).isEqualTo("3456789");
        whole.reset();
        assertThat(text(whole)).isEqualTo("3456789");
        assertThatThrownBy(() -> new SharedContentStream(content, 0, 10).reset()).isInstanceOf(IOException.class);
    }

    @Test
    void nothingIsOpenedBeforeItIsRead() {
        whole.newStream(0, 5);
        assertThat(content.opened()).hasValue(0);
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
    }

    private record BytesContent(byte[] octets, AtomicInteger opened) implements Content {

        BytesContent(String text) {
            this(text.getBytes(StandardCharsets.US_ASCII), new AtomicInteger());
        }

        @Override
        public long size() {
            return octets.length;
        }

        @Override
        public InputStream open() {
            opened.incrementAndGet();
            return new ByteArrayInputStream(octets);
        }

        @Override
        public void close() {}
    }
}
