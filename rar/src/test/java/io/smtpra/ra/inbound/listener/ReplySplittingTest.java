package io.smtpra.ra.inbound.listener;

import org.junit.jupiter.api.Test;

/** A reply made of what a client said, so that the client's client takes it for two. */
class ReplySplittingTest {

    @Test
    void replyIsOneLineWhateverItsText() throws Exception {
        try (TestListener server = TestListener.plain(); Client client = server.greeted()) {
            client.plays("""
                    C: ECHO a
                    S: 250-a
                    S: 250 x??250 injected
                    """);
        }
    }
}
