package io.smtpra.ra.message;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A content with octets of ours before it, and without some ranges of its own. Nothing is copied but what is put
 * before.
 */
public final class SplicedContent implements Content {

    /**
     * A range of a content.
     *
     * @param start position of its first octet
     * @param end position behind its last octet
     */
    public record Range(long start, long end) {}

    private final byte[] before;
    private final Content content;
    /** The ranges that stay, in order, and where in the whole each of them begins. */
    private final List<Range> kept = new ArrayList<>();
    private final long[] starts;
    private final long size;

    /**
     * Splices.
     *
     * @param before what is put before it
     * @param content the content, closed with this one
     * @param without the ranges that are left out, in order and without overlap
     */
    public SplicedContent(byte[] before, Content content, List<Range> without) {
        this.before = before.clone();
        this.content = content;
        long position = 0;
        for (Range range : without) {
            keep(position, range.start());
            position = range.end();
        }
        keep(position, content.size());
        starts = new long[kept.size()];
        long length = before.length;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = length;
            length += kept.get(i).end() - kept.get(i).start();
        }
        size = length;
    }

    private void keep(long start, long end) {
        if (start < 0 || end < start || end > content.size()) {
            throw new IllegalArgumentException("Ranges in order, within " + content.size() + " octets");
        }
        if (end > start) {
            kept.add(new Range(start, end));
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        if (position < before.length) {
            content.requireOpen();
            int step = (int) Math.min(length, before.length - position);
            System.arraycopy(before, (int) position, target, offset, step);
            return step;
        }
        if (position >= size) {
            content.requireOpen();
            return -1;
        }
        int index = indexOf(position);
        Range range = kept.get(index);
        long from = range.start() + position - starts[index];
        return content.read(from, target, offset, (int) Math.min(length, range.end() - from));
    }

    private int indexOf(long position) {
        int low = 0;
        int high = starts.length - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (starts[middle] <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    @Override
    public void requireOpen() throws IOException {
        content.requireOpen();
    }

    @Override
    public void close() {
        content.close();
    }
}
