package io.smtpra.ra.outbound.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.MailContent;
import io.smtpra.SmtpException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Line repair and dot-stuffing, for any content and however it is cut into parts. */
class ContentTest {

    @Property(tries = 5_000)
    void is_repaired_and_stuffed_however_it_is_cut(
            @ForAll("contents") String content, @ForAll @IntRange(min = 1, max = 9) int part) throws Exception {
        assertThat(written(content, part, true)).isEqualTo(stuffed(repaired(content)));
        assertThat(written(content, part, false)).isEqualTo(repaired(content));
    }

    @Property(tries = 5_000)
    void is_what_a_server_takes_back_out(@ForAll("contents") String content) throws Exception {
        String onTheWire = written(content, 4, true) + ".\r\n";
        // Nothing in it ends the content early, and undoing the stuffing gives the lines back.
        assertThat(("\r\n" + onTheWire).indexOf("\r\n.\r\n")).isEqualTo(onTheWire.length() - 3);
        String taken = onTheWire.substring(0, onTheWire.length() - 3);
        assertThat(("\r\n" + taken).replace("\r\n.", "\r\n").substring(2)).isEqualTo(repaired(content));
        assertThat(taken.replace("\r\n", "")).doesNotContain("\r", "\n");
    }

    @Property(tries = 5_000)
    void is_measured_as_it_will_be_sent(
            @ForAll("contents") String content, @ForAll @IntRange(min = 1, max = 100) int part) {
        ContentScan scan = new ContentScan();
        byte[] octets = octets(content);
        for (int from = 0; from < octets.length; from += part) {
            scan.add(octets, from, Math.min(octets.length, from + part));
        }
        scan.end();
        String repaired = repaired(content);
        assertThat(scan.octets()).isEqualTo(octets.length);
        assertThat(scan.repairedSize()).isEqualTo(octets(repaired).length);
        assertThat(scan.hasGoodLines()).isEqualTo(repaired.equals(content));
        assertThat(scan.hasLeadingDot()).isEqualTo(("\n" + repaired).contains("\n."));
        int blank = repaired.startsWith("\r\n") ? 0 : repaired.indexOf("\r\n\r\n");
        String header = blank < 0 ? repaired : repaired.substring(0, blank);
        assertThat(scan.isEightBitHeader()).isEqualTo(header.contains("ä"));
        assertThat(scan.isEightBitBody()).isEqualTo(repaired.substring(header.length()).contains("ä"));
    }

    @Example
    void every_octet_is_seen_wherever_it_stands() {
        for (int octet = 0; octet < 256; octet++) {
            for (int at = 0; at < 19; at++) {
                byte[] octets = octets("x".repeat(20));
                octets[at] = (byte) octet;
                ContentScan scan = new ContentScan();
                scan.add(octets, 0, octets.length);
                scan.end();
                assertThat(scan.isEightBitHeader()).as("%d at %d", octet, at).isEqualTo(octet > 127);
                assertThat(scan.repairedSize()).as("%d at %d", octet, at)
                        .isEqualTo(22 + (octet == '\r' || octet == '\n' ? 1 : 0));
            }
        }
    }

    @Property(tries = 2_000)
    void is_the_same_whether_it_fits_into_the_window_or_not(
            @ForAll("contents") String content, @ForAll @IntRange(min = 1, max = 20) int window) throws Exception {
        PreparedContent prepared = PreparedContent.read(MailContent.of(octets(content)), false, new byte[window]);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        prepared.writeTo(out::write, true);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(stuffed(repaired(content)));
        out.reset();
        PreparedContent.read(MailContent.of(octets(content)), true, new byte[window]).writeTo(out::write, false);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(content);
    }

    @Example
    void is_read_once_if_it_fits_and_each_stream_is_closed() throws Exception {
        for (int length : new int[] {9, 10, 11}) {
            int[] opened = new int[2];
            MailContent content = () -> {
                opened[0]++;
                return new ByteArrayInputStream(new byte[length]) {
                    @Override
                    public void close() {
                        opened[1]++;
                    }
                };
            };
            PreparedContent.read(content, false, new byte[10]).writeTo((octets, offset, count) -> {}, true);
            assertThat(opened).containsExactly(length > 10 ? 2 : 1, length > 10 ? 2 : 1);
        }
    }

    @Example
    void is_not_taken_as_whole_when_a_stream_reads_little_at_a_time() throws Exception {
        byte[] octets = octets("Subject: x\r\n\r\n.a\r\n".repeat(20));
        MailContent trickle = () -> new InputStream() {
            private final InputStream all = new ByteArrayInputStream(octets);

            @Override
            public int read() throws IOException {
                return all.read();
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return all.read(into, offset, Math.min(3, length));
            }
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PreparedContent.read(trickle, false, new byte[64]).writeTo(out::write, true);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("Subject: x\r\n\r\n..a\r\n".repeat(20));
    }

    @Provide
    Arbitrary<String> contents() {
        return Arbitraries.of(".", "\r", "\n", "\r\n", "a", "ä", "\0", "\r\n.\r\n", "\n.\n", "\r\n\r\n",
                "quite a long line")
                .list().ofMaxSize(25).map(parts -> String.join("", parts));
    }

    private static String written(String content, int part, boolean stuffing) throws SmtpException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LineRepair repair = new LineRepair(out::write, stuffing);
        byte[] octets = octets(content);
        for (int from = 0; from < octets.length; from += part) {
            repair.write(octets, from, Math.min(octets.length, from + part));
        }
        repair.end();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String repaired(String content) {
        String lines = content.replace("\r\n", "\n").replace("\r", "\n");
        return (lines.isEmpty() || lines.endsWith("\n") ? lines : lines + "\n").replace("\n", "\r\n");
    }

    private static String stuffed(String repaired) {
        return ("\n" + repaired).replace("\n.", "\n..").substring(1);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
