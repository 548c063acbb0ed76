package io.smtpra.ra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ra.message.ContentStore;
import io.smtpra.ra.message.StoreConfig;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboundStoreTest {

    @TempDir
    private Path spool;

    @Test
    void theStoreIsOpenedWhenItIsNeededAndClosedWithTheAdapter() throws Exception {
        Path directory = spool.resolve("held");
        OutboundStore outboundStore = new OutboundStore(new StoreBounds(0, StoreConfig.LEAST_MEMORY, directory));
        assertThat(directory).doesNotExist();

        ContentStore store = outboundStore.store();
        assertThat(outboundStore.store()).isSameAs(store);
        assertThat(directory).isNotEmptyDirectory();

        outboundStore.close();
        assertThat(directory).isEmptyDirectory();
        assertThatThrownBy(outboundStore::store).isInstanceOf(IOException.class).hasMessageContaining("stopped");
    }

    @Test
    void anAdapterThatIsNotStartedLendsNothing() {
        assertThatThrownBy(new SmtpResourceAdapter()::heldMails)
                .isInstanceOf(IOException.class).hasMessageContaining("not started");
    }
}
