package io.smtpra.queue.claim;

import io.smtpra.MailContent;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * The content of a queued mail. The first chunk is kept from the claim; the others are fetched one after another as
 * they are read, each over a connection that is given back at once, so that a next hop that reads slowly holds none.
 */
final class QueuedContent implements MailContent {

    private final DataSource dataSource;
    private final long id;
    private final byte[] first;
    private final long octets;

    QueuedContent(DataSource dataSource, long id, byte[] first, long octets) {
        this.dataSource = dataSource;
        this.id = id;
        this.first = first;
        this.octets = octets;
    }

    @Override
    public InputStream open() {
        return new ChunkStream();
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(octets);
    }

    private Optional<byte[]> fetch(int chunk) throws IOException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select octets from smtpra_queue_content where mail_id = ? and chunk = ?")) {
            query.setLong(1, id);
            query.setInt(2, chunk);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IOException("The content of mail " + id + " cannot be read: " + e.getMessage(), e);
        }
    }

    private final class ChunkStream extends InputStream {
        private byte[] current = first;
        private int chunk;
        private int at;
        private long left = octets;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0) {
                return 0;
            }
            if (left == 0) {
                return -1;
            }
            if (at == current.length) {
                current = fetch(++chunk).filter(octets -> octets.length > 0).orElseThrow(
                        () -> new IOException("The content of mail " + id + " lacks chunk " + chunk));
                at = 0;
            }
            int part = (int) Math.min(left, Math.min(length, current.length - at));
            System.arraycopy(current, at, target, offset, part);
            at += part;
            left -= part;
            return part;
        }
    }
}
