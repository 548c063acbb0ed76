package io.smtpra.ra.inbound.mail;

import io.smtpra.MailContent;
import io.smtpra.ra.message.Content;
import java.io.IOException;
import java.util.OptionalLong;

/** A content that one bean may read until its call returns. The content behind it lives on: other beans may follow. */
final class ExpiringContent implements Content, MailContent {

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
    public OptionalLong length() {
        return OptionalLong.of(size);
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        requireOpen();
        return content.read(position, target, offset, length);
    }

    @Override
    public SharedContentStream open() {
        requireOpen();
        return new SharedContentStream(this, 0, size);
    }

    @Override
    public void close() {
        expired = true;
    }

    @Override
    public void requireOpen() {
        if (expired) {
            throw new IllegalStateException("The content of a mail can be read until onMail returns, not after that");
        }
    }
}
