package io.smtpra.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.it.app.CommitServlet;
import io.smtpra.it.app.FailingResource;
import io.smtpra.it.app.ForwardingBean;
import io.smtpra.it.app.OutcomeBean;
import io.smtpra.it.app.Outcomes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a commit that sends does to others, and others to it, in a real server. */
@ExtendWith(ArquillianExtension.class)
class OutboundCommitIT {

    private static final int CONNECTIONS = 5;
    private static final int TRANSACTIONS = 200;
    private static final String WAR = "commit.war";

    @RegisterExtension
    private static final WildFly WILDFLY = new WildFly();

    @BeforeEach
    void deploy() throws Exception {
        WILDFLY.property("smtpra.relay.max.pool.size", Integer.toString(CONNECTIONS));
        WILDFLY.property("smtpra.relay.send.timeout", "40s");
        WILDFLY.deploy(Archives.rar());
        WILDFLY.deploy(Archives.web(WAR, Archives.RAR, CommitServlet.class, FailingResource.class));
    }

    @Test
    void manyTransactionsAtOnceShareFewConnections() throws Exception {
        try (SmtpPeer peer = SmtpPeer.plain()) {
            assertThat(commit("many " + TRANSACTIONS)).containsExactly("sent " + TRANSACTIONS);
            assertThat(peer.mails()).hasSize(TRANSACTIONS);
            assertThat(peer.mostConnections()).isLessThanOrEqualTo(CONNECTIONS);
        }
    }

    @Test
    void whatCountsIsTheTransactionInWhichItIsSent() throws Exception {
        try (SmtpPeer peer = SmtpPeer.plain()) {
            assertThat(commit("nested"))
                    .containsExactly("outer PENDING inner SENT without SENT", "outer ROLLED_BACK");
            assertThat(commit("kept")).containsExactly("ROLLED_BACK SENT");
            assertThat(SendingApplication.subjects(peer)).containsExactly("inner", "without", "second");
        }
    }

    /** The server's own thread that enforces time limits must not wait for a next hop. */
    @Test
    void aCommitToASilentNextHopEndsByItsLimitAndThoseOfOthersHoldMeanwhile() throws Exception {
        try (ServerSocket silent = silent()) {
            List<String> answer = commit("beside 12 3");
            assertThat(answer).contains("rolled back", "other ended before the commit");
            assertThat(answer).anyMatch(line -> line.startsWith("FAILED ") && line.contains("may take in all"));
            assertThat(silent.isBound()).isTrue();
        }
    }

    @Test
    void undeployingEndsASendingThatRuns() throws Exception {
        try (ServerSocket silent = silent()) {
            CompletableFuture<List<String>> answer = CompletableFuture.supplyAsync(() -> commit("now"));
            try (Socket connected = silent.accept()) {
                assertThat(connected.isConnected()).isTrue();
                WILDFLY.undeploy(WAR);
                WILDFLY.undeploy(Archives.RAR);
                assertThat(answer.get(30, TimeUnit.SECONDS)).anyMatch(line -> line.contains("was ended"));
            }
        }
    }

    /** What remains: see docs/outbound.md, "In a transaction". */
    @Test
    void aResourceThatRefusesAfterUsRollsBackAndTheMailIsOut() throws Exception {
        try (SmtpPeer peer = SmtpPeer.plain()) {
            assertThat(commit("refusing PREPARE")).containsExactly("rolled back", "SENT");
            assertThat(peer.mails()).hasSize(1);
            // As a database whose own commit fails.
            assertThat(commit("refusing ONE_PHASE")).containsExactly("rolled back", "SENT");
            assertThat(peer.mails()).hasSize(2);
        }
    }

    @Test
    void aRefusalForGoodOfWhatABeanSendsIsOneForItsSenderAndNobodyGetsACopy() throws Exception {
        WILDFLY.deploy(Archives.beans("forwarding.jar", Archives.RAR,
                Map.of("recipients", "*@forward.example.com"), ForwardingBean.class));
        try (SmtpPeer peer = SmtpPeer.plain(); SmtpLines client = SmtpLines.plain(Ports.SMTP)) {
            client.say("EHLO client.example.com");
            assertThat(client.mail("a@example.net", "x@forward.example.com", "fine")).startsWith("250 2.0.0");
            assertThat(peer.mails()).hasSize(2);

            peer.answering("RCPT TO:<second@example.org>", "550 5.1.1 no such user");
            assertThat(client.mail("a@example.net", "x@forward.example.com", "refused")).startsWith("554 5.1.1");
            assertThat(peer.mails()).as("no copy for the first").hasSize(2);

            peer.answering("RCPT TO:<second@example.org>", "451 4.7.1 later");
            assertThat(client.mail("a@example.net", "x@forward.example.com", "later")).startsWith("451 4.3.0");
            assertThat(peer.mails()).hasSize(2);
        }
    }

    /** The transaction is the adapter's then, and has the beans of two deployments in it. */
    @Test
    void aRefusalForGoodOfWhatOneOfSeveralBeansSendsIsOneForTheSenderOfAll() throws Exception {
        WILDFLY.deploy(Archives.look());
        WILDFLY.table(Outcomes.TABLE);
        WILDFLY.deploy(Archives.beans("one.jar", Archives.RAR, Map.of("recipients", "*@one.example.com"),
                OutcomeBean.class));
        WILDFLY.deploy(Archives.beans("forwarding.jar", Archives.RAR,
                Map.of("recipients", "*@forward.example.com"), ForwardingBean.class));
        try (SmtpPeer peer = SmtpPeer.plain()) {
            String[] both = {"a@one.example.com", "x@forward.example.com"};
            assertThat(Dialogue.send("fine", both)).startsWith("250 2.0.0");
            assertThat(peer.mails()).hasSize(2);
            assertThat(WILDFLY.query("select * from OUTCOME")).hasSize(1);

            peer.answering("RCPT TO:<second@example.org>", "550 5.1.1 no such user");
            assertThat(Dialogue.send("refused", both)).startsWith("554 5.1.1");
            assertThat(peer.mails()).as("no copy for the first").hasSize(2);
            assertThat(WILDFLY.query("select * from OUTCOME")).as("nor a row of the other bean").hasSize(1);

            peer.answering("RCPT TO:<second@example.org>", "451 4.7.1 later");
            assertThat(Dialogue.send("later", both)).startsWith("451 4.3.0");
            peer.taking("RCPT TO:<second@example.org>");
            assertThat(Dialogue.send("fine again", both)).startsWith("250 2.0.0");
            assertThat(peer.mails()).hasSize(4);
            assertThat(WILDFLY.query("select * from OUTCOME")).hasSize(2);
        }
    }

    private static ServerSocket silent() throws Exception {
        ServerSocket silent = new ServerSocket();
        silent.setReuseAddress(true);
        silent.setSoTimeout(30_000);
        silent.bind(new InetSocketAddress(InetAddress.getByName(Ports.LOOPBACK), Ports.RELAY));
        return silent;
    }

    private List<String> commit(String order) {
        return WILDFLY.request("/commit/commit", order).lines().toList();
    }
}
