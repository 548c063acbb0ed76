package io.smtpra.queue.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Writes a content into the database while it is being made, a row for each {@value #CHUNK} octets, so that a mail of
 * any size takes this much memory.
 */
public final class ContentWriter extends OutputStream {

    static final int CHUNK = 64 * 1024;
    /** Most mails are smaller; the buffer grows up to {@link #CHUNK}. */
    private static final int FIRST_BUFFER = 8 * 1024;

    private final PreparedStatement insert;
    private final long id;
    private final long maxOctets;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int filled;
    private int chunk;
    private long octets;

    /**
     * Begins a content.
     *
     * @param connection in the transaction of the mail's row
     * @param id of the mail
     * @param maxOctets what is longer is refused
     * @throws SQLException if the database refuses
     */
    public ContentWriter(Connection connection, long id, long maxOctets) throws SQLException {
        this.insert = connection.prepareStatement(
                "insert into smtpra_queue_content (mail_id, chunk, octets) values (?, ?, ?)");
        this.id = id;
        this.maxOctets = maxOctets;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        octets += length;
        if (octets > maxOctets) {
            throw new ContentTooLargeException(maxOctets);
        }
        int from = offset;
        int left = length;
        while (left > 0) {
            int part = Math.min(left, CHUNK - filled);
            reserve(filled + part);
            System.arraycopy(source, from, buffer, filled, part);
            filled += part;
            from += part;
            left -= part;
            if (filled == CHUNK) {
                store();
            }
        }
    }

    /** How much was written. */
    public long octets() {
        return octets;
    }

    /** Stores what is left. An empty content has one empty row, so that a missing one can be told from it. */
    @Override
    public void close() throws IOException {
        try (PreparedStatement closing = insert) {
            if (filled > 0 || chunk == 0) {
                store();
            }
        } catch (SQLException e) {
            throw new IOException("The content cannot be stored: " + e.getMessage(), e);
        }
    }

    private void reserve(int size) {
        if (size > buffer.length) {
            byte[] larger = new byte[Math.min(CHUNK, Math.max(size, buffer.length * 2))];
            System.arraycopy(buffer, 0, larger, 0, filled);
            buffer = larger;
        }
    }

    private void store() throws IOException {
        try {
            insert.setLong(1, id);
            insert.setInt(2, chunk++);
            insert.setBinaryStream(3, new ByteArrayInputStream(buffer, 0, filled), filled);
            insert.executeUpdate();
            filled = 0;
        } catch (SQLException e) {
            throw new IOException("The content cannot be stored: " + e.getMessage(), e);
        }
    }
}
