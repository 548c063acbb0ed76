package io.smtpra.web.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ejb.store.MailAccess;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** The end of a stream to a browser. */
class EventStreamTest {

    @Test
    void aServerWithoutAThreadEndsOneStreamAndNotTheBeatOfAll() {
        List<EventStream> ended = new ArrayList<>();
        Sink sink = new Sink();
        EventStream stream = new EventStream(new MailAccess("anna", false, List.of()), sink, null, null, task -> {
            throw new RejectedExecutionException("full");
        }, ended::add);

        stream.beat();

        assertThat(ended).containsExactly(stream);
        assertThat(sink.isClosed()).isTrue();
    }

    private static final class Sink implements SseEventSink {
        private boolean closed;

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public CompletionStage<?> send(OutboundSseEvent event) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
