package io.smtpra.ra.inbound.mail;

import io.smtpra.ra.message.Content;
import io.smtpra.ra.message.ContentStream;
import jakarta.mail.internet.SharedInputStream;

/** A range of a content that Jakarta Mail can take ranges of, so that it copies nothing. */
final class SharedContentStream extends ContentStream implements SharedInputStream {

    private final Content content;

    /**
     * A range.
     *
     * @param start position of its first octet
     * @param end position behind its last octet
     */
    SharedContentStream(Content content, long start, long end) {
        super(content, start, end);
        this.content = content;
    }

    @Override
    public long getPosition() {
        return offset();
    }

    @Override
    public SharedContentStream newStream(long from, long to) {
        if (from < 0 || to != -1 && to < from) {
            throw new IllegalArgumentException("Not a range: " + from + " to " + to);
        }
        long newEnd = positionOf(to == -1 ? Long.MAX_VALUE : to);
        return new SharedContentStream(content, Math.min(positionOf(from), newEnd), newEnd);
    }
}
