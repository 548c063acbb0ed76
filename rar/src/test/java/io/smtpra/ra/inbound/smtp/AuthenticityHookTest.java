package io.smtpra.ra.inbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ListenerKind;
import io.smtpra.authenticity.Authenticity;
import io.smtpra.authenticity.DkimVerdict;
import io.smtpra.authenticity.DmarcPolicy;
import io.smtpra.authenticity.DnsLookup;
import io.smtpra.authenticity.DnsRecordType;
import io.smtpra.authenticity.SpfIdentity;
import io.smtpra.authenticity.VerdictResult;
import io.smtpra.ra.authenticity.AuthenticityConfig;
import io.smtpra.ra.authenticity.CheckPolicy;
import io.smtpra.ra.authenticity.SignatureCheck;
import io.smtpra.ra.authenticity.dns.DnsResolver;
import io.smtpra.ra.authenticity.dns.DnsServer;
import io.smtpra.ra.inbound.listener.access.Network;
import io.smtpra.ra.inbound.smtp.auth.AuthOutcome;
import io.smtpra.ra.inbound.smtp.hook.AuthenticityPorts;
import io.smtpra.ra.inbound.smtp.hosting.HookThreads;
import io.smtpra.ra.telemetry.Moved;
import io.smtpra.ra.telemetry.Statistic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.MailEnvelope;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.fastfail.ValidSenderDomainHandler;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MessageHook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sent a mail: what beans and hooks learn of it, and what a policy refuses. The client is 192.0.2.7. */
class AuthenticityHookTest {

    private static final AuthenticityConfig OBSERVE = new AuthenticityConfig(
            CheckPolicy.OBSERVE, CheckPolicy.OBSERVE, Duration.ofSeconds(10), true, List.of());

    private static final HookThreads HERE = new HookThreads() {
        @Override
        public void run(Runnable task, Consumer<Exception> onReject) {
            task.run();
        }

        @Override
        public Runnable after(Duration time, Runnable task) {
            return () -> { };
        }
    };

    @TempDir
    private Path spool;
    private Server server;
    private final DnsServer zone = DnsServer.start();
    private final DnsResolver resolver = DnsResolver.start(zone.config());
    /** Answers before it returns, so that a transcript needs no clock. */
    private final DnsLookup dns = (name, type) -> CompletableFuture.completedFuture(resolver.ask(name, type).join());
    private final List<DkimVerdict> signatures = new ArrayList<>();
    private String checked = "";

    @BeforeEach
    void setUp() {
        server = new Server(spool);
    }

    @AfterEach
    void stop() {
        resolver.close();
        zone.close();
    }

    private Server with(AuthenticityConfig config, String... trusted) {
        SignatureCheck check = (content, lookup) -> {
            try (InputStream in = content.open()) {
                checked = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            }
            return CompletableFuture.completedFuture(List.copyOf(signatures));
        };
        return with(config, check, HERE, trusted);
    }

    private Server with(AuthenticityConfig config, SignatureCheck check, HookThreads threads, String... trusted) {
        return server.authenticity(new AuthenticityPorts(config,
                List.of(trusted).stream().map(text -> Network.parse(text).orElseThrow()).toList(), dns, check,
                threads));
    }

    private static AuthenticityConfig policies(String spf, String dmarc, String... trustedSigners) {
        return new AuthenticityConfig(CheckPolicy.valueOf(spf), CheckPolicy.valueOf(dmarc), Duration.ofSeconds(10),
                false, List.of(trustedSigners));
    }

    private static DkimVerdict signature(VerdictResult result, String domain) {
        return new DkimVerdict(result, domain, "s1", "rsa-sha256", OptionalInt.of(2048), List.of("from", "subject"),
                OptionalLong.empty(), "@" + domain, "AbCd/+", false,
                result == VerdictResult.PASS ? "" : "body was \"changed\"", false);
    }

    private static String mail(String sender, String header, String reply) {
        return """
                C: MAIL FROM:<%s>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<user@example.com>
                S: 250 2.1.5 Recipient ok
                C: DATA
                S: 354 …
                %s
                C:
                C: text
                C: .
                S: %s
                """.formatted(sender,
                        header.lines().map(line -> "C: " + line).collect(Collectors.joining("\n")), reply);
    }

    private static final String TAKEN = "250 2.0.0 …";

    private Authenticity found() {
        return server.mail().authenticity();
    }

    @Test
    void tellsBeansWhatWasFound() {
        zone.txt("example.org", "v=spf1 ip4:192.0.2.0/24 -all").txt("_dmarc.example.org", "v=DMARC1; p=reject");
        signatures.add(signature(VerdictResult.PASS, "example.org"));
        signatures.add(signature(VerdictResult.FAIL, "list.test"));
        with(OBSERVE).talk().ehlo().run(mail("joe@example.org", "From: Joe <joe@example.org>\nSubject: hi", TAKEN));
        assertThat(found().spf().orElseThrow().result()).isEqualTo(VerdictResult.PASS);
        assertThat(found().spf().orElseThrow().identity()).isEqualTo(SpfIdentity.MAIL_FROM);
        assertThat(found().dkim()).extracting(DkimVerdict::domain).containsExactly("example.org", "list.test");
        assertThat(found().dmarc().orElseThrow().policy()).hasValue(DmarcPolicy.REJECT);
        assertThat(found().provenAuthorDomain()).hasValue("example.org");
        assertThat(server.content()).startsWith("""
                Authentication-Results: mx.example.com;\r
                \tspf=pass smtp.mailfrom=example.org;\r
                \tdkim=pass header.d=example.org header.s=s1 header.a=rsa-sha256 header.b="AbCd/+";\r
                \tdkim=fail\r
                \t reason="body was \\"changed\\""\r
                \t header.d=list.test header.s=s1 header.a=rsa-sha256 header.b="AbCd/+";\r
                \tdmarc=pass header.from=example.org policy.dmarc=reject\r
                Received: from client.example.net (""");
        assertThat(server.content()).doesNotContain("Received-SPF");
        assertThat(server.mail().content().size()).isEqualTo(server.content().length());
        assertThat(checked).as("what DKIM reads").isEqualTo(
                "From: Joe <joe@example.org>\r\nSubject: hi\r\n\r\ntext\r\n");
    }

    @Test
    void saysThatThereWasNothing() {
        with(OBSERVE).talk().ehlo().run(mail("joe@example.org", "From: Joe <joe@example.org>", TAKEN));
        assertThat(server.content()).startsWith("""
                Authentication-Results: mx.example.com;\r
                \tspf=none\r
                \t reason="example.org publishes no SPF record"\r
                \t smtp.mailfrom=example.org;\r
                \tdmarc=none\r
                \t reason="example.org publishes no DMARC policy"\r
                \t header.from=example.org;\r
                \tdkim=none\r
                Received: """);
    }

    @Test
    void asksForTheNameOfHelloWhereThereIsNoSender() {
        zone.txt("client.example.net", "v=spf1 -all");
        with(OBSERVE).talk().ehlo().run(mail("", "From: <>", TAKEN));
        assertThat(found().spf().orElseThrow().identity()).isEqualTo(SpfIdentity.HELO);
        assertThat(found().spf().orElseThrow().result()).isEqualTo(VerdictResult.FAIL);
        assertThat(server.content()).contains("spf=fail smtp.helo=client.example.net");
        assertThat(found().dmarc().orElseThrow().result()).isEqualTo(VerdictResult.NONE);
    }

    @Test
    void checksEachMailOfASessionAnew() {
        zone.txt("good.test", "v=spf1 +all").txt("bad.test", "v=spf1 -all");
        with(OBSERVE).talk().ehlo()
                .run("C: MAIL FROM:<joe@bad.test>\nS: 250 …\nC: RSET\nS: 250 …")
                .run(mail("joe@good.test", "From: joe@good.test", TAKEN))
                .run(mail("joe@bad.test", "From: joe@bad.test", TAKEN));
        assertThat(server.mails()).extracting(mail -> mail.authenticity().spf().orElseThrow().result())
                .containsExactly(VerdictResult.PASS, VerdictResult.FAIL);
    }

    /** What SPF, DMARC and a signature come to, which policies there are, and what the client hears. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "fail.test | OBSERVE | OBSERVE | 250 2.0.0 …",
        "fail.test | ENFORCE | OBSERVE | 550 5.7.23 192.0.2.7 does not send for fail.test, says its SPF record:"
                + " ask joe",
        "fail.test | OFF | ENFORCE | 250 2.0.0 …",
        "soft.test | ENFORCE | ENFORCE | 250 2.0.0 …",
        "silent.test | OBSERVE | OBSERVE | 250 2.0.0 …",
        "silent.test | ENFORCE | OBSERVE | 451 4.7.24 SPF of silent.test cannot be checked now, try again later",
        "reject.test | OBSERVE | OBSERVE | 250 2.0.0 …",
        "reject.test | OBSERVE | ENFORCE | 550 5.7.26 reject.test asks to refuse mail from reject.test that neither SPF"
                + " nor DKIM proves (DMARC policy)",
        "reject.test | ENFORCE | OFF | 250 2.0.0 …",
        "quarantine.test | ENFORCE | ENFORCE | 250 2.0.0 …",
        "dark.test | OBSERVE | OBSERVE | 250 2.0.0 …",
        "dark.test | OBSERVE | ENFORCE | 451 4.7.26 DMARC of dark.test cannot be checked now, try again later",
        "both.test | ENFORCE | ENFORCE | 550 5.7.26 both.test asks …",
        "silentreject.test | ENFORCE | ENFORCE | 451 4.7.26 …",
    })
    void refusesWhatItIsToldToRefuse(String domain, String spf, String dmarc, String reply) {
        zone.txt("fail.test", "v=spf1 -all exp=why.test").txt("why.test", "ask %{l}").txt("soft.test", "v=spf1 ~all")
                .silent("silent.test").txt("_dmarc.reject.test", "v=DMARC1; p=reject")
                .txt("_dmarc.quarantine.test", "v=DMARC1; p=quarantine").silent("_dmarc.dark.test")
                .txt("both.test", "v=spf1 -all").txt("_dmarc.both.test", "v=DMARC1; p=reject")
                .silent("silentreject.test").txt("_dmarc.silentreject.test", "v=DMARC1; p=reject");
        with(policies(spf, dmarc)).talk().ehlo()
                .run(mail("joe@" + domain, "From: joe@" + domain, reply))
                .run("C: NOOP\nS: 250 …");
        assertThat(server.mails()).hasSize(reply.startsWith("250") ? 1 : 0);
        assertThat(server.memoryInUse()).isZero();
    }

    @Test
    void countsWhatWasFoundAndNothingElse() {
        zone.txt("example.org", "v=spf1 ip4:192.0.2.0/24 -all").txt("_dmarc.example.org", "v=DMARC1; p=reject");
        signatures.add(signature(VerdictResult.PASS, "example.org"));
        signatures.add(signature(VerdictResult.FAIL, "list.test"));
        assertThat(moved(OBSERVE, "example.org", TAKEN)).isEqualTo(Map.of(Statistic.SPF_PASS, 1L,
                Statistic.DKIM_PASS, 1L, Statistic.DKIM_FAIL, 1L, Statistic.DMARC_PASS, 1L));
    }

    @Test
    void countsWhatItRefusesAndWhatItWouldRefuse() {
        zone.txt("fail.test", "v=spf1 -all").txt("soft.test", "v=spf1 ~all").silent("silent.test");
        assertThat(moved(policies("OBSERVE", "OFF"), "fail.test", TAKEN))
                .isEqualTo(Map.of(Statistic.SPF_FAIL, 1L, Statistic.VERDICTS_WOULD_REFUSE, 1L));
        assertThat(moved(policies("ENFORCE", "OFF"), "fail.test", "550 5.7.23 …"))
                .isEqualTo(Map.of(Statistic.SPF_FAIL, 1L, Statistic.VERDICTS_REFUSED, 1L));
        assertThat(moved(policies("ENFORCE", "OFF"), "soft.test", TAKEN))
                .isEqualTo(Map.of(Statistic.SPF_SOFTFAIL, 1L));
        assertThat(moved(policies("ENFORCE", "OFF"), "silent.test", "451 4.7.24 …"))
                .isEqualTo(Map.of(Statistic.SPF_TEMPERROR, 1L, Statistic.VERDICTS_REFUSED, 1L));
        assertThat(moved(policies("OFF", "OBSERVE"), "nothing.test", TAKEN))
                .isEqualTo(Map.of(Statistic.SPF_NONE, 1L, Statistic.DMARC_NONE, 1L));
        assertThat(moved(policies("OFF", "OFF"), "fail.test", TAKEN)).isEmpty();
    }

    /** The figures of verdicts that a mail moves. */
    private Map<Statistic, Long> moved(AuthenticityConfig config, String domain, String reply) {
        Conversation conversation = with(config).talk().ehlo().run(mail("joe@" + domain, "From: joe@" + domain, reply));
        Map<Statistic, Long> moved = new HashMap<>(Moved.counters(conversation.telemetry()));
        moved.keySet().removeIf(statistic -> !statistic.name().matches("(SPF|DKIM|DMARC|VERDICTS)_.*"));
        return moved;
    }

    @ParameterizedTest
    @CsvSource({"list.test,true", "mail.list.test,true", "notlist.test,false"})
    void takesWhatATrustedListHasSigned(String signer, boolean taken) {
        zone.txt("fail.test", "v=spf1 -all").txt("_dmarc.fail.test", "v=DMARC1; p=reject");
        signatures.add(signature(VerdictResult.PASS, signer));
        with(policies("ENFORCE", "ENFORCE", "list.test")).talk().ehlo()
                .run(mail("joe@fail.test", "From: joe@fail.test", taken ? TAKEN : "550 5.7.26 …"));
        signatures.set(0, signature(VerdictResult.FAIL, signer));
        server.talk().ehlo().run(mail("joe@fail.test", "From: joe@fail.test", "550 5.7.26 …"));
    }

    @Test
    void doesNotAskForWhoIsTrusted() {
        zone.txt("fail.test", "v=spf1 -all");
        with(policies("ENFORCE", "ENFORCE"), "192.0.2.0/28").talk().ehlo()
                .run(mail("joe@fail.test", "Authentication-Results: mx.example.com; none\nFrom: joe@fail.test", TAKEN));
        assertThat(found().isChecked()).isFalse();
        assertThat(zone.asked()).isEmpty();
        assertThat(server.content()).startsWith("Received: ").as("of our own network")
                .contains("Authentication-Results");
    }

    @Test
    void doesNotAskForUsersButLetsThemForgeNothing() {
        server.authenticator((credentials, peer) ->
                CompletableFuture.completedFuture(new AuthOutcome.Authenticated("alice")));
        with(new AuthenticityConfig(CheckPolicy.ENFORCE, CheckPolicy.ENFORCE, Duration.ofSeconds(10), true, List.of()));
        Conversation.with(server.protocol(), ListenerKind.SUBMISSION).inTls().ehlo()
                .run("C: AUTH PLAIN AGFsaWNlAHNlY3JldA==\nS: 235 …")
                .run(mail("joe@fail.test", "Authentication-Results: mx.example.com; none\nFrom: joe@fail.test", TAKEN));
        assertThat(found().isChecked()).isFalse();
        assertThat(zone.asked()).isEmpty();
        assertThat(server.content()).startsWith("Received: ").doesNotContain("Authentication-Results");
    }

    @Test
    void asksNobodyWhereBothAreOff() {
        with(policies("OFF", "OFF")).talk().ehlo().run(mail("joe@fail.test", "From: joe@fail.test", TAKEN));
        assertThat(found().isChecked()).isFalse();
        assertThat(zone.asked()).isEmpty();
    }

    @Test
    void leavesTheContentAloneUnlessToldToWriteOnIt() {
        with(policies("OBSERVE", "OBSERVE")).talk().ehlo().run(mail("joe@a.test",
                "Authentication-Results: mx.example.com; spf=pass\nFrom: joe@a.test", TAKEN));
        assertThat(server.sent()).isEqualTo(
                "Authentication-Results: mx.example.com; spf=pass\r\nFrom: joe@a.test\r\n\r\ntext\r\n");
        assertThat(found().isChecked()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Authentication-Results: mx.example.com; spf=pass",
        "authentication-RESULTS : MX.Example.COM. 1; spf=pass",
        "Authentication-Results:\n mx.example.com;\n\tspf=pass",
        "Authentication-Results: (a (nested) \\) comment) \"mx.\\example.com\"; spf=pass",
        "Authentication-Results: mx.example.com(comment); spf=pass",
    })
    void removesWhatClaimsToBeOurs(String header) {
        with(OBSERVE).talk().ehlo().run(mail("joe@a.test", "X-A: 1\n" + header + "\nX-B: 2\n" + header + "\n" + header
                + "\nAuthentication-Results: other.test; spf=pass\nFrom: joe@a.test", TAKEN));
        assertThat(server.sent()).isEqualTo("X-A: 1\r\nX-B: 2\r\nAuthentication-Results: other.test; spf=pass\r\n"
                + "From: joe@a.test\r\n\r\ntext\r\n");
    }

    @Test
    void doesNotTakeOutThousandsOfThem() {
        with(OBSERVE).talk().ehlo().run(mail("joe@a.test",
                "Authentication-Results: mx.example.com; a\nX-A: 1\n".repeat(1_001) + "From: joe@a.test",
                "554 5.7.1 Too many Authentication-Results headers that claim to be of this host"));
        assertThat(server.memoryInUse()).isZero();
    }

    @Test
    void answers451WhereTheMailCannotBeRead() {
        SignatureCheck broken = (content, lookup) -> {
            throw new IOException("disk");
        };
        with(OBSERVE, broken, HERE).talk().ehlo().run(mail("joe@a.test", "From: joe@a.test", "451 4.3.0 …"));
        HookThreads none = new HookThreads() {
            @Override
            public void run(Runnable task, Consumer<Exception> onReject) {
                onReject.accept(new IllegalStateException("no thread"));
            }

            @Override
            public Runnable after(Duration time, Runnable task) {
                return () -> { };
            }
        };
        with(OBSERVE, broken, none).talk().ehlo().run(mail("joe@a.test", "From: joe@a.test", "451 4.3.0 …"));
        assertThat(server.mails()).isEmpty();
        assertThat(server.memoryInUse()).isZero();
    }

    @Test
    void tellsHooks() {
        List<String> seen = new ArrayList<>();
        MessageHook hook = new MessageHook() {
            @Override
            public HookResult onMessage(SMTPSession session, MailEnvelope mail) {
                session.getAttachment(AttachmentKey.of("io.smtpra.authenticity.Authenticity", Authenticity.class),
                        State.Transaction).ifPresent(found -> seen.add(found.spf().orElseThrow().result().keyword()));
                try (InputStream in = mail.getMessageInputStream()) {
                    seen.add(new String(in.readNBytes(22), StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                return HookResult.DECLINED;
            }
        };
        with(OBSERVE);
        server.hook(hook).talk().ehlo().run(mail("joe@a.test", "From: joe@a.test", TAKEN));
        assertThat(seen).containsExactly("none", "Authentication-Results");
    }

    /** James' hook, with the adapter's way to the DNS in place of its own. */
    @Test
    void lendsTheDnsToHooksOfJames() {
        zone.mx("a.test", 10, "mx.a.test").exists("b.test");
        ValidSenderDomainHandler hook = new ValidSenderDomainHandler() {
            @Override
            public HookResult doMail(SMTPSession session, MaybeSender sender) {
                return super.doMail(session, sender);
            }

            @Override
            protected boolean hasMXRecord(SMTPSession session, String domain) {
                DnsLookup lookup = session.getAttachment(
                        AttachmentKey.of("io.smtpra.authenticity.DnsLookup", DnsLookup.class), State.Connection)
                        .orElseThrow();
                return !lookup.ask(domain, DnsRecordType.MX).join().values().isEmpty();
            }
        };
        with(OBSERVE);
        server.hook(hook).talk().ehlo().run("""
                C: MAIL FROM:<joe@b.test>
                S: 501 …
                C: MAIL FROM:<joe@a.test>
                S: 250 …
                """);
    }

    @Test
    void worksWithoutAnyOfIt() {
        server.talk().ehlo().run(mail("joe@a.test", "From: joe@a.test", TAKEN));
        assertThat(found()).isEqualTo(Authenticity.unknown());
        assertThat(Optional.of(found()).flatMap(Authenticity::spf)).isEmpty();
    }
}
