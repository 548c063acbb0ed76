package io.smtpra.ejb.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes the octets of a mail, a row for each {@value #CHUNK}: a mail of any size takes this much memory. */
final class ChunkWriter {

    static final int CHUNK = 64 * 1024;

    private ChunkWriter() {
    }

    /** Copies a content, and returns its length. */
    static long write(Connection connection, String mailId, InputStream content) throws SQLException, IOException {
        long octets = 0;
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into smtpra_mail_content (mail_id, chunk, octets) values (?, ?, ?)")) {
            byte[] first = content.readNBytes(CHUNK);
            int length = first.length;
            for (int chunk = 0; length > 0; chunk++) {
                insert.setString(1, mailId);
                insert.setInt(2, chunk);
                insert.setBinaryStream(3, new ByteArrayInputStream(first, 0, length), length);
                insert.executeUpdate();
                octets += length;
                // a short one was the last
                length = length < CHUNK ? 0 : content.readNBytes(first, 0, CHUNK);
            }
        }
        return octets;
    }
}
