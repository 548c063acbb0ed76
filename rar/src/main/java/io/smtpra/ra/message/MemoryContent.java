package io.smtpra.ra.message;

import java.util.List;

/** A content in chunks of memory. */
final class MemoryContent extends StoredContent {

    private final List<byte[]> chunks;
    private final ChunkPool pool;

    /** Takes the chunks over. */
    MemoryContent(List<byte[]> chunks, long size, ChunkPool pool) {
        super(size);
        this.chunks = chunks;
        this.pool = pool;
    }

    @Override
    int readOpen(long position, byte[] target, int offset, int length) {
        int done = 0;
        while (done < length) {
            int chunk = (int) ((position + done) / ChunkPool.CHUNK_SIZE);
            int within = (int) ((position + done) % ChunkPool.CHUNK_SIZE);
            int step = Math.min(ChunkPool.CHUNK_SIZE - within, length - done);
            System.arraycopy(chunks.get(chunk), within, target, offset + done, step);
            done += step;
        }
        return done;
    }

    @Override
    void free() {
        chunks.forEach(pool::giveBack);
        chunks.clear();
    }
}
