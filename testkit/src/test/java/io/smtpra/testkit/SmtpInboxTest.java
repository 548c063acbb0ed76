package io.smtpra.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** What JUnit gives a test. */
@SmtpInbox(tls = InboxTls.OFF)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SmtpInboxTest {

    private static final String MAIL = """
            S: 220 localhost ESMTP
            C: HELO client.example.com
            S: 250 localhost
            C: MAIL FROM:<>
            S: 250 2.1.0 Sender ok
            C: RCPT TO:<b@example.org>
            S: 250 2.1.5 Recipient ok
            C: DATA
            S: 354 End data with <CR><LF>.<CR><LF>
            C: Subject: s
            C: .
            """;

    private static int port;

    @Test
    @Order(1)
    void givesAnInbox(Inbox inbox) throws Exception {
        port = inbox.port();
        inbox.at(InboxStep.QUIT).hangUp();
        try (Talk talk = new Talk(inbox)) {
            talk.run(MAIL);
            assertThat(inbox.awaitMail().view().subject()).isEqualTo("s");
        }
    }

    @Test
    @Order(2)
    void isTheSameAndEmptyForTheNextTest(Inbox inbox) throws Exception {
        assertThat(inbox.port()).isEqualTo(port);
        assertThat(inbox.mails()).isEmpty();
        assertThat(inbox.transcript()).isEmpty();
        try (Talk talk = new Talk(inbox)) {
            talk.run("S: 220 localhost ESMTP\nC: QUIT\nS: 221 2.0.0 Bye\nS: -");
        }
    }

    @Test
    void isClosedAfterTheClass() {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request().selectors(selectClass(Kept.class)).build();
        LauncherFactory.create().execute(request, summary);
        assertThat(summary.getSummary().getTestsSucceededCount()).isEqualTo(1);
        assertThat(Kept.kept.certificateFile().getParent()).doesNotExist();
    }

    /** Run by the test above alone. */
    @SmtpInbox
    static class Kept {

        private static Inbox kept;

        @Test
        void keepsIt(Inbox inbox) {
            kept = inbox;
            assertThat(inbox.certificateFile()).exists();
        }
    }
}
