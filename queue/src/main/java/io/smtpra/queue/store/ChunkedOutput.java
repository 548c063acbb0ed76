package io.smtpra.queue.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * Writes a content into the database while it is being made, a row for each {@value #CHUNK} octets, so that a mail of
 * any size takes this much memory. The mail itself is stored with the first of them: most have no second, and then all
 * is known at once.
 */
final class ChunkedOutput extends OutputStream {

    static final int CHUNK = 64 * 1024;
    /** Most mails are smaller; the buffer grows up to {@link #CHUNK}. */
    private static final int FIRST_BUFFER = 8 * 1024;

    private final Connection connection;
    private final Mail mail;
    private final long maxOctets;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int filled;
    /** Chunks that were stored. */
    private int chunks;
    private long octets;
    /** Of the mail, once it is stored; absent if it is there already. */
    private OptionalLong id = OptionalLong.empty();

    /** What a content belongs to. */
    @FunctionalInterface
    interface Mail {

        /**
         * Stores the mail with the first chunk of its content.
         *
         * @param chunk holds it
         * @param length of it
         * @param whole whether there is no other, so that this is the length of the content
         * @return the id, absent if the mail is there already, and its content with it
         */
        OptionalLong store(byte[] chunk, int length, boolean whole) throws SQLException;
    }

    /**
     * Begins a content.
     *
     * @param connection in the transaction of the mail
     * @param mail is stored with the first chunk
     * @param maxOctets what is longer is refused
     */
    ChunkedOutput(Connection connection, Mail mail, long maxOctets) {
        this.connection = connection;
        this.mail = mail;
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
            if (filled == CHUNK) {
                store(false);
            }
            int part = Math.min(left, CHUNK - filled);
            reserve(filled + part);
            System.arraycopy(source, from, buffer, filled, part);
            filled += part;
            from += part;
            left -= part;
        }
    }

    /**
     * Stores what is left. An empty content has one empty row, so that a missing one can be told from it.
     *
     * @return the id of the mail, absent if it was there already
     */
    OptionalLong end() throws IOException {
        store(true);
        try {
            if (chunks > 1 && id.isPresent()) {
                setOctets();
            }
        } catch (SQLException e) {
            throw new IOException("The content cannot be stored: " + e.getMessage(), e);
        }
        return id;
    }

    private void reserve(int size) {
        if (size > buffer.length) {
            byte[] larger = new byte[Math.min(CHUNK, Math.max(size, buffer.length * 2))];
            System.arraycopy(buffer, 0, larger, 0, filled);
            buffer = larger;
        }
    }

    private void store(boolean last) throws IOException {
        try {
            if (chunks++ == 0) {
                id = mail.store(buffer, filled, last);
            } else if (id.isPresent()) {
                insert();
            }
            filled = 0;
        } catch (SQLException e) {
            throw new IOException("The content cannot be stored: " + e.getMessage(), e);
        }
    }

    private void insert() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into smtpra_queue_content (mail_id, chunk, octets) values (?, ?, ?)")) {
            insert.setLong(1, id.getAsLong());
            insert.setInt(2, chunks - 1);
            insert.setBinaryStream(3, new ByteArrayInputStream(buffer, 0, filled), filled);
            insert.executeUpdate();
        }
    }

    private void setOctets() throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update smtpra_queue_mail set octets = ? where id = ?")) {
            update.setLong(1, octets);
            update.setLong(2, id.getAsLong());
            update.executeUpdate();
        }
    }
}
