package io.smtpra.ra.inbound.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.event.MailLogKeys;
import io.smtpra.ra.telemetry.ThreadMdc;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** Whatever is done for a session has its ids in the log's context, and nothing else has them. */
@Timeout(30)
class LogContextTest {

    /** More than there are event loops, so that several share one. */
    private static final int SESSIONS = 6;

    @BeforeAll
    static void haveAContext() {
        ThreadMdc.install();
    }

    @Test
    void sessionsOfOneEventLoopHaveEachTheirOwn() throws Exception {
        try (TestListener listener = TestListener.plain()) {
            List<Client> clients = new ArrayList<>();
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                Client client = listener.greeted();
                clients.add(client);
                String session = say(client, "IDS").split(" ")[1];
                assertThat(session).isNotEqualTo("null");
                ids.add(session);
                assertThat(say(client, "BEGIN M" + i)).isEqualTo("250 " + session + " M" + i);
            }
            assertThat(ids).doesNotHaveDuplicates();
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < SESSIONS; i++) {
                    assertThat(say(clients.get(i), "IDS")).isEqualTo("250 " + ids.get(i) + " M" + i);
                }
            }
            assertThat(say(clients.get(0), "END")).isEqualTo("250 " + ids.get(0) + " null");
            assertThat(say(clients.get(1), "IDS")).isEqualTo("250 " + ids.get(1) + " M1");
            assertThatThreadsHaveNone(listener);
            for (Client client : clients) {
                client.close();
            }
        }
    }

    @Test
    void whatComesLaterHasThemAndLeavesNone() throws Exception {
        try (TestListener listener = TestListener.plain(); Client client = listener.greeted()) {
            String session = say(client, "BEGIN M1").split(" ")[1];
            assertThat(say(client, "DELAY 1")).isEqualTo("250 late");
            assertThat(say(client, "IDS")).isEqualTo("250 " + session + " M1");
            assertThatThreadsHaveNone(listener);
        }
    }

    private static String say(Client client, String line) throws IOException {
        return client.sends(line + "\r\n").hears();
    }

    /** The event loops', between two things that they do. */
    private static void assertThatThreadsHaveNone(TestListener listener) throws Exception {
        for (var eventLoop : listener.runtime.workers()) {
            eventLoop.submit(() -> {
                assertThat(MDC.get(MailLogKeys.SESSION)).isNull();
                assertThat(MDC.get(MailLogKeys.MAIL)).isNull();
            }).get(10, TimeUnit.SECONDS);
        }
    }
}
