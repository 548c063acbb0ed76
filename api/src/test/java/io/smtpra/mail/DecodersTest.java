package io.smtpra.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transfer encodings, sound and broken, in pieces of any size. */
class DecodersTest {

    @Test
    void base64IsWhatTheJdkSays() throws IOException {
        Random random = new Random(1);
        for (int length = 0; length < 3_000; length += 1 + random.nextInt(20)) {
            byte[] octets = new byte[length];
            random.nextBytes(octets);
            byte[] encoded = Base64.getMimeEncoder().encode(octets);
            for (int step : new int[] {1, 7, 100_000}) {
                assertThat(new Base64Stream(dribbled(encoded, step)).readAllBytes()).isEqualTo(octets);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            aGVsbG8=             | hello
            aGVsbG8              | hello
            aGVs bG8=            | hello
            =aGVsbG8=            | hello
            a=GVsbG8=            | hello
            aGVsbG8=trailing     | hello
            aGVsbG8====          | hello
            a*G!V~s-b_G8=        | hello
            a                    | ``
            ====                 | ``
            """)
    void brokenBase64GivesWhatThereIs(String encoded, String expected) {
        assertThat(new String(Base64Stream.decode(encoded.getBytes(StandardCharsets.US_ASCII)),
                StandardCharsets.US_ASCII))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            plain                | plain
            a=3Db                | a=b
            a=3db                | a=b
            a=~b                 | ab
            a= ~b                | ab
            `a  ~b`              | a~b
            `a b `               | a b
            a=                   | a
            a=4                  | a=4
            a=zzb                | a=zzb
            a=4zb                | a=4zb
            a= b                 | a= b
            `a=  =41`            | a=  A
            =41=42=43            | ABC
            """)
    void quotedPrintableIsDecodedWhateverItIs(String encoded, String expected) throws IOException {
        byte[] octets = encoded.replace("~", "\r\n").getBytes(StandardCharsets.US_ASCII);
        for (int step : new int[] {1, 2, 100}) {
            InputStream in = new QuotedPrintableStream(dribbled(octets, step));
            assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo(expected.replace("~", "\r\n"));
        }
    }

    @Test
    void linesOfAnyLengthHaveTheirPlaces() throws IOException {
        Random random = new Random(2);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int lines = 60;
        long[] ends = new long[lines];
        for (int i = 0; i < lines; i++) {
            all.writeBytes("x".repeat(random.nextInt(4) == 0 ? random.nextInt(200_000) : random.nextInt(80))
                    .getBytes(StandardCharsets.US_ASCII));
            all.writeBytes((random.nextBoolean() ? "\r\n" : "\n").getBytes(StandardCharsets.US_ASCII));
            ends[i] = all.size();
        }
        for (int step : new int[] {1, 1_000, Integer.MAX_VALUE}) {
            LineReader reader = new LineReader(dribbled(all.toByteArray(), step));
            reader.capture(Integer.MAX_VALUE);
            for (int i = 0; i < lines; i++) {
                assertThat(reader.next()).isTrue();
                assertThat(reader.start()).isEqualTo(i == 0 ? 0 : ends[i - 1]);
                assertThat(reader.end()).isEqualTo(ends[i]);
                int length = (int) (reader.end() - reader.start()) - reader.lineEnd();
                assertThat(reader.lineEnd()).isEqualTo(all.toByteArray()[(int) ends[i] - 2] == '\r' ? 2 : 1);
                assertThat(reader.length()).isBetween(Math.min(length, 4_096), length);
            }
            assertThat(reader.next()).isFalse();
            assertThat(reader.captured()).isEqualTo(all.toByteArray());
        }
    }

    private static InputStream dribbled(byte[] octets, int step) {
        return new ByteArrayInputStream(octets) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, step));
            }
        };
    }
}
