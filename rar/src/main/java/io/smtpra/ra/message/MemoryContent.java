package io.smtpra.ra.message;

import java.io.InputStream;
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
    InputStream newStream() {
        return new ChunkStream();
    }

    @Override
    synchronized void free() {
        chunks.forEach(pool::giveBack);
        chunks.clear();
    }

    private final class ChunkStream extends GuardedStream {

        private long position;

        @Override
        int readOpen(byte[] target, int offset, int length) {
            int done = 0;
            while (done < length && position < size()) {
                int within = (int) (position % ChunkPool.CHUNK_SIZE);
                int most = (int) Math.min(ChunkPool.CHUNK_SIZE - within, size() - position);
                int step = Math.min(most, length - done);
                System.arraycopy(chunks.get((int) (position / ChunkPool.CHUNK_SIZE)), within, target, offset + done, step);
                done += step;
                position += step;
            }
            return done == 0 ? -1 : done;
        }

        @Override
        int availableOpen() {
            return (int) Math.min(Integer.MAX_VALUE, size() - position);
        }

        @Override
        public long skip(long count) {
            long step = Math.max(0, Math.min(count, size() - position));
            position += step;
            return step;
        }
    }
}
