package io.smtpra.ra.inbound.mail;

import io.smtpra.ra.message.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A content that one bean may read until its call returns. The content behind it lives on: other beans may follow. */
final class ExpiringContent implements Content {

    private final Content content;
    private final long size;
    private volatile boolean expired;

    ExpiringContent(Content content) {
        this.content = content;
        this.size = content.size();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open() throws IOException {
        check();
        return new ExpiringStream(content.open());
    }

    @Override
    public void close() {
        expired = true;
    }

    /** Fails if it has expired. */
    void check() {
        if (expired) {
            throw new IllegalStateException("The content of a mail can be read until onMail returns, not after that");
        }
    }

    private final class ExpiringStream extends FilterInputStream {

        ExpiringStream(InputStream source) {
            super(source);
        }

        @Override
        public int read() throws IOException {
            check();
            return super.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            check();
            return super.read(buffer, offset, length);
        }

        @Override
        public long skip(long count) throws IOException {
            check();
            return super.skip(count);
        }
    }
}
