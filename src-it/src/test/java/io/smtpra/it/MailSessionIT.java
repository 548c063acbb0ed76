package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Applications, and the libraries they bring, that know Jakarta Mail alone and find the adapter's Session by its name.
 */
@ExtendWith(ArquillianExtension.class)
class MailSessionIT {

    @RegisterExtension
    private static final WildFly WILDFLY = new WildFly();

    private static final MailApplication APPLICATION = new MailApplication(WILDFLY);

    private SmtpPeer peer;

    @BeforeAll
    static void deploy() throws Exception {
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(MailApplication.archive());
    }

    @BeforeEach
    void open() throws Exception {
        peer = SmtpPeer.plain();
    }

    @AfterEach
    void close() throws Exception {
        peer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "transport", "spring", "simple", "commons"})
    void eachSendsAtOnceWithoutATransactionAndWithItsCommitInOne(String client) {
        assertThat(APPLICATION.send(client, "now", "")).containsExactly("returned");
        assertThat(MailApplication.subjects(peer)).containsExactly("now");
        assertThat(APPLICATION.send(client, "never", "&end=rollback")).containsExactly("returned", "rolled back");
        assertThat(APPLICATION.send(client, "later", "&end=commit")).containsExactly("returned", "committed");

        assertThat(MailApplication.subjects(peer)).containsExactly("now", "later");
        assertThat(peer.mails()).allSatisfy(mail -> {
            assertThat(mail.from()).isEqualTo("app@example.com");
            assertThat(mail.recipients()).containsExactly("a@example.org", "b@example.org");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "transport", "spring", "simple", "commons"})
    void eachHearsOfARefusalWhereItWouldAndInATransactionFromTheCommit(String client) {
        peer.answering("RCPT TO:<b@example.org>", "550 5.1.1 unknown");

        assertThat(APPLICATION.send(client, "now", "")).first().asString().startsWith("thrown ");
        assertThat(APPLICATION.send(client, "now", "")).anyMatch(line ->
                line.contains("io.smtpra.SmtpException: ") && line.contains("550 5.1.1 unknown"));
        assertThat(APPLICATION.send(client, "later", "&end=commit")).containsExactly("returned", "refused");
        assertThat(peer.mails()).isEmpty();
    }

    @Test
    void aListenerHearsWhatBecameOfTheMailWhenTheTransactionHasEnded() {
        APPLICATION.send("transport", "later", "&end=commit");
        Await.until("a listener to hear of it", () -> APPLICATION.heard().equals("[delivered]"));
        APPLICATION.send("transport", "never", "&end=rollback");
        Await.until("a listener to hear of it", () -> APPLICATION.heard().equals("[not delivered]"));
    }
}
