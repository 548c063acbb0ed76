package io.smtpra.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

/** Outside a server; what it does within one, FeaturePackIT shows. */
class ServerQueueTest {

    @Test
    void itSaysWhatIsMissingOnlyWhenItIsCalled() {
        MailQueue queue = ServerQueue.find();

        assertThat(queue).isEqualTo(queue).isNotEqualTo(ServerQueue.find()).hasToString(ServerQueue.NAME);
        assertThat(queue.hashCode()).isEqualTo(queue.hashCode());
        assertThatIllegalStateException().isThrownBy(queue::counts).withMessage(
                "The server's queue is not running: there is no java:global/smtp-ra-queue/MailQueueBean!"
                        + MailQueue.class.getName());
    }
}
