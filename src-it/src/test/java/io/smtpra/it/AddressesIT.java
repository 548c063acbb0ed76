package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.NotifyingBean;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses of the real world, in and out, and the notifications that senders ask for by DSN. */
@ExtendWith(ArquillianExtension.class)
class AddressesIT {

    @RegisterExtension
    static final WildFly WILDFLY = new WildFly();

    @BeforeAll
    static void deploy() throws Exception {
        WILDFLY.property("smtpra.dsn", "true");
        WILDFLY.deploy(new RelayArchive().with("peer", "port", Integer.toString(Ports.RELAY)).build());
        WILDFLY.deploy(RelayArchive.application());
        WILDFLY.deploy(Archives.beans("notifying.jar", Archives.RAR,
                Map.of("recipients", "*@docomo.example, *@faß.de, *@under_score.example"), NotifyingBean.class));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "<b.@docomo.example>         | \"b.\"@docomo.example",
        "<b..c@DOCOMO.example.>      | \"b..c\"@docomo.example",
        "user@under_score.example    | user@under_score.example",
        "<user@xn--fa-hia.de>        | user@xn--fa-hia.de"})
    void comeInAsTheyAreAndAreToldOfInOneForm(String path, String form) throws Exception {
        try (SmtpPeer peer = SmtpPeer.plain()) {
            try (Dialogue dialogue = new Dialogue(Ports.SMTP)) {
                assertThat(dialogue.command("MAIL FROM:<author@example.net> RET=HDRS ENVID=order+204711"))
                        .startsWith("250");
                assertThat(dialogue.command("RCPT TO:" + path + " NOTIFY=SUCCESS ORCPT=rfc822;alias@example.org"))
                        .startsWith("250");
                dialogue.command("DATA");
                assertThat(dialogue.command("Message-ID: <1@example.net>\r\nSubject: asked\r\n\r\ntext\r\n."))
                        .startsWith("250 2.0.0");
            }
            SmtpPeer.Received notification = peer.awaitMail();
            assertThat(notification.from()).isEmpty();
            assertThat(notification.recipients()).containsExactly("author@example.net");
            assertThat(notification.content()).contains("multipart/report; report-type=delivery-status",
                    "\r\nOriginal-Envelope-Id: order 4711\r\n",
                    "\r\nOriginal-Recipient: rfc822; alias@example.org\r\nFinal-Recipient: rfc822; " + form
                            + "\r\nAction: delivered\r\nStatus: 2.0.0\r\n",
                    "\r\nIn-Reply-To: <1@example.net>\r\n", "\r\nSubject: asked\r\n");
        }
    }

    @Test
    void whoDoesNotAskOrCannotBeToldHearsNothing() throws Exception {
        try (SmtpPeer peer = SmtpPeer.plain(); Dialogue dialogue = new Dialogue(Ports.SMTP)) {
            for (String[] mail : new String[][] {{"", "NOTIFY=SUCCESS"}, {"author@example.net", "NOTIFY=NEVER"},
                {"author@example.net", ""}}) {
                dialogue.command("MAIL FROM:<" + mail[0] + ">");
                assertThat(dialogue.command("RCPT TO:<u@docomo.example> " + mail[1])).startsWith("250");
                dialogue.command("DATA");
                assertThat(dialogue.command("Subject: x\r\n\r\ntext\r\n.")).startsWith("250 2.0.0");
            }
            assertThat(peer.mails()).as("sent before the 250, if at all").isEmpty();
        }
    }

    @Test
    void mailForOneDomainDoesNotGoToTheOwnerOfAnother() throws Exception {
        try (Dialogue dialogue = new Dialogue(Ports.SMTP)) {
            dialogue.command("MAIL FROM:<> SMTPUTF8");
            assertThat(dialogue.command("RCPT TO:<user@faß.de>")).startsWith("250");
            assertThat(dialogue.command("RCPT TO:<user@fass.de>")).startsWith("550 5.7.1");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "b.@docomo.example | \"b.\"@docomo.example",
        "user@faß.de       | user@xn--fa-hia.de",
        "user@example.org. | user@example.org"})
    void goOutAsAnyServerUnderstandsThem(String written, String sent) throws Exception {
        try (SmtpPeer peer = SmtpPeer.plain()) {
            List<String> receipt = RelayArchive.send(WILDFLY, "peer", "Subject: x\r\n\r\nx\r\n", "to=" + written);
            assertThat(receipt).contains("state SENT");
            assertThat(peer.awaitMail().recipients()).containsExactly(sent);
        }
    }
}
