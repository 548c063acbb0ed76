package io.smtpra.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Decodes base64 (RFC 2045 section 6.8): what is not of its alphabet is skipped, the padding ends it, and a last group
 * that is not whole gives the octets that it has.
 */
final class Base64Stream extends InputStream {

    private static final int GROUPS = 2048;
    private static final int PADDING = -2;
    private static final byte[] VALUES = values();

    private final InputStream source;
    private final byte[] encoded = new byte[4 * GROUPS];
    private final byte[] decoded = new byte[3 * GROUPS + 3];
    private int next;
    private int filled;
    private int group;
    private int inGroup;
    private boolean ended;

    Base64Stream(InputStream source) {
        this.source = source;
    }

    /** All at once. */
    static byte[] decode(byte[] encoded) {
        try {
            return new Base64Stream(new ByteArrayInputStream(encoded)).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int read() throws IOException {
        return next < filled || fill() ? decoded[next++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (next == filled && !fill()) {
            return -1;
        }
        int step = Math.min(length, filled - next);
        System.arraycopy(decoded, next, target, offset, step);
        next += step;
        return step;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private boolean fill() throws IOException {
        next = 0;
        filled = 0;
        while (filled == 0 && !ended) {
            int read = source.read(encoded, 0, encoded.length);
            if (read < 0) {
                end();
            } else {
                take(read);
            }
        }
        return filled > 0;
    }

    private void take(int read) {
        int at = 0;
        while (at < read && !ended) {
            if (inGroup == 0) {
                at = takeWholeGroups(at, read);
                if (at == read) {
                    return;
                }
            }
            int value = VALUES[encoded[at++] & 0xFF];
            if (value >= 0) {
                add(value);
            } else if (value == PADDING && inGroup > 1) {
                end();
            }
        }
    }

    /** The common case: four characters of the alphabet. */
    private int takeWholeGroups(int from, int read) {
        int at = from;
        int to = filled;
        while (at + 4 <= read) {
            int first = VALUES[encoded[at] & 0xFF];
            int second = VALUES[encoded[at + 1] & 0xFF];
            int third = VALUES[encoded[at + 2] & 0xFF];
            int fourth = VALUES[encoded[at + 3] & 0xFF];
            if ((first | second | third | fourth) < 0) {
                break;
            }
            int all = first << 18 | second << 12 | third << 6 | fourth;
            decoded[to] = (byte) (all >> 16);
            decoded[to + 1] = (byte) (all >> 8);
            decoded[to + 2] = (byte) all;
            to += 3;
            at += 4;
        }
        filled = to;
        return at;
    }

    private void add(int value) {
        group = group << 6 | value;
        inGroup++;
        if (inGroup == 4) {
            decoded[filled++] = (byte) (group >> 16);
            decoded[filled++] = (byte) (group >> 8);
            decoded[filled++] = (byte) group;
            group = 0;
            inGroup = 0;
        }
    }

    private void end() {
        ended = true;
        if (inGroup == 2) {
            decoded[filled++] = (byte) (group >> 4);
        } else if (inGroup == 3) {
            decoded[filled++] = (byte) (group >> 10);
            decoded[filled++] = (byte) (group >> 2);
        }
        inGroup = 0;
    }

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        values['='] = PADDING;
        return values;
    }
}
