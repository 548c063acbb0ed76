package io.smtpra.queue.sending;

import static io.smtpra.queue.RecipientState.BOUNCED;
import static io.smtpra.queue.RecipientState.SENT;
import static io.smtpra.queue.RecipientState.WAITING;
import static io.smtpra.queue.sending.ScriptedNextHop.accepts;
import static io.smtpra.queue.sending.ScriptedNextHop.recipients;
import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.Envelope;
import io.smtpra.Reply;
import io.smtpra.queue.MailSent;
import io.smtpra.queue.QueuedRecipient;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The database fails at each step in turn, once: nothing is lost, and nothing sent more often than was said. */
class FailingDatabaseTest {

    private static final int MORE_STEPS_THAN_THERE_ARE = 100;

    @Test
    void nothingIsLostWhateverStepFails() throws Exception {
        int steps = 0;
        for (int step = 1; step < MORE_STEPS_THAN_THERE_ARE; step++) {
            ScriptedNextHop nextHop = new ScriptedNextHop(accepts());
            TestQueue queue = new TestQueue(nextHop);
            List<Long> ids = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                ids.add(queue.enqueue(Envelope.from("a@example.com").to("b@example.org").build(), "mail " + i));
            }
            queue.failAt(step);
            queue.look();
            if (!queue.hasFailed()) {
                steps = step;
                break;
            }
            queue.look();
            queue.passes(TestQueue.LEASE);
            queue.look();
            for (Long id : ids) {
                assertThat(queue.find(id).recipients()).as("step %d", step).extracting(QueuedRecipient::state)
                        .containsOnly(SENT);
                assertThat(queue.events).as("step %d", step)
                        .filteredOn(event -> ((MailSent) event).id() == id).isNotEmpty();
            }
            assertThat(nextHop.taken).as("step %d: each once, or twice where its record failed", step)
                    .contains("mail 0", "mail 1", "mail 2").hasSizeLessThanOrEqualTo(6);
        }
        assertThat(steps).as("all steps were tried").isBetween(8, MORE_STEPS_THAN_THERE_ARE);
    }

    @Test
    void aMailIsStoredWholeOrNotAtAll() throws Exception {
        int steps = 0;
        for (int step = 1; step < MORE_STEPS_THAN_THERE_ARE; step++) {
            ScriptedNextHop nextHop = new ScriptedNextHop(accepts());
            TestQueue queue = new TestQueue(nextHop);
            queue.failAt(step);
            boolean stored = true;
            try {
                queue.enqueue(Envelope.from("a@example.com").to("b@example.org", "c@example.org").build());
            } catch (SQLException | IOException e) {
                stored = false;
            }
            if (!queue.hasFailed()) {
                steps = step;
                break;
            }
            assertThat(stored).as("step %d", step).isFalse();
            queue.look();
            assertThat(nextHop.sendings).as("step %d", step).isZero();
        }
        assertThat(steps).isBetween(5, MORE_STEPS_THAN_THERE_ARE);
    }

    @Test
    void outcomesOfOneAttemptAreRecordedTogether() throws Exception {
        for (int step = 1; step < MORE_STEPS_THAN_THERE_ARE; step++) {
            ScriptedNextHop nextHop = new ScriptedNextHop(recipients(ScriptedNextHop.OK,
                    Reply.of(550, "5.1.1", "No"), Reply.of(451, "4.3.0", "Busy")));
            TestQueue queue = new TestQueue(nextHop);
            long id = queue.enqueue(
                    Envelope.from("a@example.com").to("b@example.org", "c@example.org", "d@example.org").build());
            queue.failAt(step);
            queue.look();
            boolean all = !queue.hasFailed();
            queue.failAt(0);
            assertThat(queue.find(id).recipients()).as("step %d", step).extracting(QueuedRecipient::state).isIn(
                    List.of(WAITING, WAITING, WAITING), List.of(SENT, BOUNCED, WAITING));
            if (all) {
                return;
            }
        }
    }
}
