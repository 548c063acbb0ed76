package io.smtpra.ra.inbound.users;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ListenerKind;
import io.smtpra.Peer;
import io.smtpra.ra.Eventually;
import io.smtpra.ra.inbound.delivery.FakeTransactions;
import io.smtpra.ra.inbound.delivery.FakeWorkManager;
import io.smtpra.ra.inbound.smtp.auth.AuthOutcome;
import io.smtpra.ra.inbound.smtp.auth.ClientCredentials;
import io.smtpra.ra.inbound.work.ServerThreads;
import io.smtpra.ra.server.SecurityDomainUsers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Users of one security domain do not wait for another that hangs. */
class ServerAuthenticatorTest {

    private static final Peer PEER = new Peer(new InetSocketAddress("127.0.0.1", 40_000), Optional.empty(),
            "client.example.org", ListenerKind.SUBMISSIONS, Optional.empty(), Optional.empty());

    private final FakeWorkManager workManager = new FakeWorkManager(new FakeTransactions());
    private final ServerThreads threads = new ServerThreads(workManager);
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger hanging = new AtomicInteger();

    @AfterEach
    void stop() {
        go.countDown();
        threads.close();
        workManager.close();
    }

    /** A domain that does not answer until it is let go, and then knows everybody. */
    private final class HangingDomain implements SecurityDomainUsers {

        @Override
        public boolean canSalt() {
            return true;
        }

        @Override
        public boolean canCheckTokens() {
            return true;
        }

        @Override
        public SaltedPassword salted(String user) throws IOException {
            throw new IOException("not asked here");
        }

        @Override
        public Optional<User> proven(String user) {
            hanging.incrementAndGet();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Optional.of(new User(new X500Principal("CN=" + user), "identity"));
        }

        @Override
        public Optional<User> bearer(String token) {
            return Optional.empty();
        }
    }

    @Test
    void aDomainThatHangsHoldsUpNoOther() throws Exception {
        ServerAuthenticator authenticator = new ServerAuthenticator(threads,
                new CertificateUsers(CertificateUsers.Name.COMMON_NAME, Set.of()), Optional.of(new HangingDomain()));
        List<CompletableFuture<AuthOutcome>> proofs = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            proofs.add(authenticator.authenticate(new ClientCredentials.Proven("CN=alice"), PEER)
                    .toCompletableFuture());
        }
        Eventually.isTrue(() -> hanging.get() == 8);

        // No server here fills in what security inflow has found out: it is asked at once, that is what counts.
        assertThat(authenticator.authenticate(
                new ClientCredentials.Password(Optional.empty(), "bob", "secret"), PEER)
                .toCompletableFuture().get(10, TimeUnit.SECONDS)).isInstanceOf(AuthOutcome.Unavailable.class);
        assertThat(proofs).noneMatch(CompletableFuture::isDone);

        go.countDown();
        for (CompletableFuture<AuthOutcome> proof : proofs) {
            assertThat(proof.get(10, TimeUnit.SECONDS)).isNotInstanceOf(AuthOutcome.Unavailable.class);
        }
        assertThat(hanging.get()).isEqualTo(50);
    }
}
