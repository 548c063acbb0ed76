package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.InboxBean;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The adapter as its own next hop: what one side says, the other understands. */
@ExtendWith(ArquillianExtension.class)
class OwnListenerIT {

    @RegisterExtension
    private static final WildFly WILDFLY = new WildFly();

    @BeforeAll
    static void deploy() throws Exception {
        String port = Integer.toString(Ports.SMTP);
        WILDFLY.table("INBOX (ID varchar(64), SUBJECT varchar(100))");
        WILDFLY.deploy(new RelayArchive().with("self", "port", port)
                .with("strict", "port", port, "tls", "required", "certificateCheck", "none").build());
        WILDFLY.deploy(RelayArchive.application());
        WILDFLY.deploy(Archives.beans(
                "inbox.jar", Archives.RAR, Map.of("recipients", "*@example.org"), InboxBean.class));
    }

    @Test
    void mailGoesOverStartTlsInChunksAndTheReceiptNamesTheOthersId() {
        for (String factory : List.of("self", "strict")) {
            String subject = "To myself by " + factory;
            List<String> receipt = RelayArchive.send(WILDFLY, factory,
                    "Subject: " + subject + "\r\n\r\n" + ".0123456789äöü\r\n".repeat(20_000), "notify=NEVER", "id=1");

            assertThat(receipt).contains("state SENT", "tls TLSv1.3 unchecked", "to reader@example.org 250");
            String id = receipt.get(1).replace("queue ", "");
            assertThat(WILDFLY.query("select SUBJECT from INBOX where ID = '" + id + "'"))
                    .extracting(row -> row.get("SUBJECT")).containsExactly(subject);
            WILDFLY.log().await("to 127.0.0.1:" + Ports.SMTP + " over TLSv1.3 .*queued as " + id);
        }
    }

    @Test
    void aBeanThatFailsIsATransientRefusalAndRollsBack() {
        List<String> answer = RelayArchive.send(WILDFLY, "self", "Subject: " + InboxBean.FAIL + "\r\n\r\nx\r\n");

        assertThat(answer.get(0)).isEqualTo("failed END_OF_DATA for now");
        assertThat(answer.get(1)).contains("451 4.3.0");
    }

    @Test
    void aRecipientThatNobodyClaimsIsAPermanentRefusal() {
        List<String> answer =
                RelayArchive.send(WILDFLY, "self", "Subject: x\r\n\r\nx\r\n", "to=somebody@example.net");

        assertThat(answer.get(0)).isEqualTo("failed RECIPIENT for good");
        assertThat(answer.get(1)).contains("550 5.7.1");
    }
}
