package io.smtpra.ejb.store;

import io.smtpra.MailContent;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * The octets of a stored mail. Each chunk is fetched when it is read, over a connection that is given back at once,
 * so that a browser that reads slowly holds none; skipping fetches nothing.
 */
public final class ChunkedContent implements MailContent {

    private final DataSource dataSource;
    private final String id;
    private final long octets;

    /**
     * The content of a mail.
     *
     * @param dataSource where it is
     * @param id of the mail
     * @param octets how long it is
     */
    public ChunkedContent(DataSource dataSource, String id, long octets) {
        this.dataSource = dataSource;
        this.id = id;
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

    private byte[] fetch(int chunk) throws IOException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select octets from smtpra_mail_content where mail_id = ? and chunk = ?")) {
            query.setString(1, id);
            query.setInt(2, chunk);
            try (ResultSet row = query.executeQuery()) {
                if (row.next()) {
                    return row.getBytes(1);
                }
            }
        } catch (SQLException e) {
            throw new IOException("The content of mail " + id + " cannot be read: " + e.getMessage(), e);
        }
        throw new IOException("The content of mail " + id + " lacks chunk " + chunk);
    }

    private final class ChunkStream extends InputStream {
        private byte[] current = new byte[0];
        private int chunk = -1;
        private long at;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0 || at >= octets) {
                return length == 0 ? 0 : -1;
            }
            int wanted = (int) (at / ChunkWriter.CHUNK);
            if (wanted != chunk) {
                current = fetch(wanted);
                chunk = wanted;
            }
            int from = (int) (at % ChunkWriter.CHUNK);
            int part = (int) Math.min(octets - at, Math.min(length, current.length - from));
            if (part <= 0) {
                throw new IOException("Chunk " + chunk + " of mail " + id + " is too short");
            }
            System.arraycopy(current, from, target, offset, part);
            at += part;
            return part;
        }

        @Override
        public long skip(long count) {
            long skipped = Math.max(0, Math.min(count, octets - at));
            at += skipped;
            return skipped;
        }
    }
}
