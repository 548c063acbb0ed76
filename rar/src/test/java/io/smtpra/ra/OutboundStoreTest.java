package io.smtpra.ra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ra.message.ChunkPool;
import io.smtpra.ra.message.ContentStore;
import io.smtpra.ra.message.ContentWriter;
import io.smtpra.ra.message.StoreConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboundStoreTest {

    @TempDir
    private Path spool;

    @Test
    void theStoreIsOpenedWhenItIsNeededAndClosedWithTheAdapter() throws Exception {
        Path directory = spool.resolve("held");
        OutboundStore outboundStore = new OutboundStore(new StoreBounds(0, StoreConfig.LEAST_MEMORY, directory),
                new ChunkPool(StoreConfig.LEAST_MEMORY));
        assertThat(directory).doesNotExist();

        ContentStore store = outboundStore.store();
        assertThat(outboundStore.store()).isSameAs(store);
        assertThat(directory).isNotEmptyDirectory();

        outboundStore.close();
        assertThat(directory).isEmptyDirectory();
        assertThatThrownBy(outboundStore::store).isInstanceOf(IOException.class).hasMessageContaining("stopped");
    }

    @Test
    void bothDirectionsTogetherHaveTheMemoryThatIsConfigured() throws Exception {
        StoreBounds bounds = new StoreBounds(1 << 20, StoreConfig.LEAST_MEMORY, spool);
        ChunkPool memory = bounds.memory();
        OutboundStore outbound = new OutboundStore(bounds, memory);
        try (ContentStore inbound = new ContentStore(bounds.on(Runnable::run, memory))) {
            ContentWriter first = inbound.newContent(Long.MAX_VALUE);
            first.write(ByteBuffer.allocate(1000));
            ContentWriter second = outbound.store().newContent(Long.MAX_VALUE);
            second.write(ByteBuffer.allocate(1000));
            assertThat(inbound.memoryInUse()).isEqualTo(outbound.store().memoryInUse()).isEqualTo(2 * 16 * 1024);
            first.abort();
            second.abort();
            assertThat(inbound.memoryInUse()).isZero();
        }
        outbound.close();
    }

    @Test
    void anAdapterThatIsNotStartedLendsNothing() {
        assertThatThrownBy(new SmtpResourceAdapter()::heldMails)
                .isInstanceOf(IOException.class).hasMessageContaining("not started");
    }
}
