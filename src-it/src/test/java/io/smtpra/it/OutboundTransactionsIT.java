package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail beside databases, in the transactions and the pool of a real server. */
@ExtendWith(ArquillianExtension.class)
class OutboundTransactionsIT {

    private static final int THREADS = 50;
    private static final int EACH = 20;
    private static final int CONNECTIONS = 5;
    private static final int MAILS_BETWEEN_RESTARTS = 50;

    @RegisterExtension
    private static final WildFly WILDFLY = new WildFly();

    private final SendingApplication application = new SendingApplication(WILDFLY);
    private SmtpPeer peer;

    @BeforeAll
    static void deploy() throws Exception {
        WILDFLY.property("smtpra.relay.max.pool.size", Integer.toString(CONNECTIONS));
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(SendingApplication.archive());
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
    @ValueSource(strings = {"none", "plain", "xa", "plain,xa"})
    void aCommitWritesTheRowsAndSendsTheMails(String databases) {
        assertThat(application.transaction(databases, "commit", "one,two")).containsExactly(
                "before [PENDING, PENDING]", "outcome committed", "after [SENT, SENT]", rows(databases));
        assertThat(SendingApplication.subjects(peer)).containsExactly("one", "two");
        assertThat(peer.commands()).filteredOn(command -> command.startsWith("EHLO")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "plain", "xa", "plain,xa"})
    void aRollbackWritesAndSendsNothing(String databases) {
        assertThat(application.transaction(databases, "rollback", "one,two")).containsExactly(
                "before [PENDING, PENDING]", "outcome rolled back", "after [ROLLED_BACK, ROLLED_BACK]", "rows 0 0");
        assertThat(peer.mails()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "plain", "xa", "plain,xa"})
    void aRefusalAtCommitRollsTheRowsBackAndTellsTheApplicationWhy(String databases) {
        peer.answering(".", "554 5.7.1 not this one");
        assertThat(application.transaction(databases, "commit", "one,two")).containsExactly(
                "before [PENDING, PENDING]", "outcome refused 554", "after [FAILED, ROLLED_BACK]", "rows 0 0");
        assertThat(peer.mails()).isEmpty();
        WILDFLY.log().await("not sent .*554 5.7.1 not this one");
    }

    /** The transaction manager repeats what it is told, which is no stack of ours; the line of the mail says why. */
    @Test
    void aRefusalAtCommitIsToldInFewLines() {
        peer.answering(".", "554 5.7.1 not this one");
        assertThat(application.transaction("plain", "commit", "one")).contains("outcome refused 554");
        WILDFLY.log().await("not sent .*554 5.7.1 not this one");
        assertThat(WILDFLY.log().lines()).hasSizeLessThan(20).noneMatch(line -> line.contains("at io.smtpra.ra."));
    }

    @Test
    void aConnectionThatIsOlderThanTheTransactionTakesPartInIt() {
        assertThat(application.request("do early\nend rollback"))
                .contains("before PENDING", "outcome rolled back", "after ROLLED_BACK");
        assertThat(peer.mails()).isEmpty();
        assertThat(application.request("do early\nend commit"))
                .contains("before PENDING", "outcome committed", "after SENT");
        assertThat(SendingApplication.subjects(peer)).containsExactly("early");
    }

    @Test
    void aNextHopThatGoesAtCommitRollsTheRowsBack() {
        peer.answering(".", "421 4.3.2 going");
        // More often than the pool has connections: one that is not given back would be missed.
        for (int i = 0; i <= CONNECTIONS; i++) {
            assertThat(application.transaction("plain", "commit", "one")).contains("outcome refused 421", "rows 0 0");
        }
    }

    @Test
    void aTransactionThatTimesOutSendsNothing() {
        for (int i = 0; i <= CONNECTIONS; i++) {
            List<String> answer = application.request("do timeout");
            assertThat(answer.get(0)).isEqualTo("state ROLLED_BACK");
            assertThat(answer.get(1)).startsWith("again refused: The transaction has ended");
        }
        assertThat(peer.mails()).isEmpty();
        assertThat(application.request("do now")).contains("state SENT");
    }

    @Test
    void aNextHopThatIsNotThereTakesNoConnectionFromThePool() throws Exception {
        peer.close();
        for (int i = 0; i <= CONNECTIONS; i++) {
            assertThat(application.request("do now")).anyMatch(line -> line.contains("Cannot connect"));
            assertThat(application.transaction("plain", "commit", "one"))
                    .contains("outcome refused CONNECT", "rows 0 0");
        }
        peer = SmtpPeer.plain();
        assertThat(application.request("do now")).contains("state SENT");
    }

    @Test
    void manyThreadsShareFewConnectionsWhileTheNextHopComesAndGoes() throws Exception {
        CompletableFuture<List<String>> answer = CompletableFuture.supplyAsync(
                () -> application.request("do many\nthreads " + THREADS + "\neach " + EACH));
        int restarts = 0;
        while (!answer.isDone()) {
            int next = peer.mails().size() + MAILS_BETWEEN_RESTARTS;
            Await.until("mails between two restarts", () -> answer.isDone() || peer.mails().size() >= next);
            peer.restart();
            restarts++;
        }
        assertThat(answer.get(1, TimeUnit.MINUTES).get(0)).endsWith("failures 0");
        assertThat(restarts).isGreaterThan(5);
        List<String> subjects = SendingApplication.subjects(peer);
        assertThat(new HashSet<>(subjects)).as("nothing lost").hasSize(THREADS * EACH);
        assertThat(subjects).as("nothing doubled").hasSize(THREADS * EACH);
        assertThat(peer.mostConnections()).isLessThanOrEqualTo(CONNECTIONS);
    }

    private static String rows(String databases) {
        return "rows " + (databases.contains("plain") ? 1 : 0) + " " + (databases.contains("xa") ? 1 : 0);
    }
}
