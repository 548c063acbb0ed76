package io.smtpra.ra.authenticity;

import io.smtpra.ra.message.Content;
import io.smtpra.ra.message.SplicedContent.Range;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the checks want to know of a mail's header: who its authors are, and which {@code Authentication-Results} claim
 * to be ours. It is read to its empty line and no further, whatever there is in it.
 *
 * @param begin where the mail begins as it came, behind our own {@code Received:}
 * @param authors the domains in {@code From:}, each once
 * @param authorsKnown whether these are all; not so if there is more in {@code From:} than anybody writes
 * @param forged where headers stand that claim to be ours; those that follow one another are one range
 */
public record MailHeader(long begin, List<String> authors, boolean authorsKnown, List<Range> forged) {

    private static final String FROM = "from";
    private static final String RESULTS = "authentication-results";
    /** Octets of a field that are looked at. */
    private static final int MAX_FIELD = 64 * 1_024;
    private static final int BUFFER = 8 * 1_024;
    private static final int MAX_FORGED = 1_000;

    /** Whether more headers claim to be ours than anybody would take out one by one. */
    public boolean isSwamped() {
        return forged.size() > MAX_FORGED;
    }

    /** Reads one. */
    private static final class Reading {

        private final String hostName;
        private final List<String> authors = new ArrayList<>();
        private final List<Range> forged = new ArrayList<>();
        private final ByteArrayOutputStream field = new ByteArrayOutputStream(256);
        private boolean authorsKnown = true;
        private int fromOctets;
        private long begin = -1;
        private long fieldStart;
        private long position;
        private boolean lineStart = true;
        private boolean lineEmpty = true;
        private boolean ended;

        Reading(String hostName) {
            this.hostName = hostName;
        }

        void read(byte[] buffer, int length) {
            for (int i = 0; i < length && !ended; i++) {
                next(buffer[i]);
            }
        }

        private void next(byte octet) {
            if (lineStart && octet != ' ' && octet != '\t') {
                endField();
            }
            lineStart = octet == '\n';
            if (lineStart) {
                ended = lineEmpty;
                lineEmpty = true;
            } else {
                lineEmpty &= octet == '\r';
            }
            if (field.size() < MAX_FIELD) {
                field.write(octet);
            }
            position++;
        }

        void endField() {
            if (field.size() > 0) {
                if (begin < 0) {
                    begin = position;
                } else {
                    look();
                }
                field.reset();
            }
            fieldStart = position;
        }

        private void look() {
            String text = field.toString(StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            String name = colon < 0 ? "" : text.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            if (name.equals(FROM)) {
                fromOctets += field.size();
                authorsKnown &= fromOctets < MAX_FIELD;
                if (authorsKnown) {
                    AuthorDomains.of(text.substring(colon + 1)).stream().filter(domain -> !authors.contains(domain))
                            .forEach(authors::add);
                }
            } else if (name.equals(RESULTS) && AuthenticationServer.isNamed(hostName, text.substring(colon + 1))) {
                forge();
            }
        }

        private void forge() {
            int last = forged.size() - 1;
            if (last >= 0 && forged.get(last).end() == fieldStart) {
                forged.set(last, new Range(forged.get(last).start(), position));
            } else if (forged.size() <= MAX_FORGED) {
                forged.add(new Range(fieldStart, position));
            }
        }

        MailHeader result() {
            return new MailHeader(Math.max(0, begin), List.copyOf(authors), authorsKnown, List.copyOf(forged));
        }
    }

    /**
     * Reads the header of a mail that begins with one field of ours.
     *
     * @param hostName the name by which we are known
     * @throws IOException if the content cannot be read
     */
    public static MailHeader read(Content content, String hostName) throws IOException {
        Reading reading = new Reading(hostName);
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = content.open()) {
            for (int read = in.read(buffer); read >= 0 && !reading.ended; read = in.read(buffer)) {
                reading.read(buffer, read);
            }
        }
        if (!reading.ended) {
            reading.endField();
        }
        return reading.result();
    }
}
