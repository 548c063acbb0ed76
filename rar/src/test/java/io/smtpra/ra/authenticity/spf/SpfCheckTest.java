package io.smtpra.ra.authenticity.spf;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.authenticity.SpfIdentity;
import io.smtpra.authenticity.SpfVerdict;
import io.smtpra.authenticity.VerdictResult;
import io.smtpra.ra.authenticity.dns.DnsResolver;
import io.smtpra.ra.authenticity.dns.DnsServer;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the public suite does not ask: which mechanism decided, and what strangers may do to us. */
class SpfCheckTest {

    private final DnsServer server = DnsServer.start();
    private final DnsResolver dns = DnsResolver.start(server.config());

    @AfterEach
    void stop() {
        dns.close();
        server.close();
    }

    private SpfVerdict check(String domain) throws Exception {
        return SpfCheck.check(SpfQuestion.ofMailFrom(InetAddress.getByName("192.0.2.7"), "client.test", "joe", domain,
                "mx.example.com", Instant.EPOCH), dns).get(120, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "v=spf1 ip4:192.0.2.0/24 -all | PASS | ip4:192.0.2.0/24",
        "v=spf1 ip4:198.51.100.0/24 ~all | SOFTFAIL | ~all",
        "v=spf1 include:other.test -all | PASS | include:other.test",
        "v=spf1 redirect=other.test | PASS | +a:host.test",
        "v=spf1 ip4:198.51.100.0/24 | NEUTRAL | ",
        "v=spf1 bogus | PERMERROR | ",
    })
    void saysWhichMechanismDecided(String record, VerdictResult result, String mechanism) throws Exception {
        server.txt("sender.test", record).txt("other.test", "v=spf1 +a:host.test -all").a("host.test", "192.0.2.7");
        SpfVerdict verdict = check("Sender.Test");
        assertThat(verdict.result()).as(verdict.toString()).isEqualTo(result);
        assertThat(verdict.mechanism()).isEqualTo(Optional.ofNullable(mechanism));
        assertThat(verdict.domain()).isEqualTo("sender.test");
        assertThat(verdict.identity()).isEqualTo(SpfIdentity.MAIL_FROM);
    }

    @Test
    void saysWhetherAllAnswersWereValidated() throws Exception {
        server.validating().txt("sender.test", "v=spf1 a:host.test -all").a("host.test", "192.0.2.7");
        assertThat(check("sender.test").validated()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v=spf1 include:sender.test -all", "v=spf1 redirect=sender.test",
            "v=spf1 include:a%{d}.sender.test include:b%{d}.sender.test -all"})
    void endsWhereARecordLeadsBackToItself(String record) throws Exception {
        server.txt("sender.test", record);
        assertThat(check("sender.test").result()).isEqualTo(VerdictResult.PERMERROR);
        assertThat(server.asked().size()).isLessThan(15);
    }

    @Test
    void bearsThousandsOfRecordsAndTerms() throws Exception {
        IntStream.range(0, 10_000).forEach(i -> server.txt("many.test", "v=spf1"));
        assertThat(check("many.test").result()).isEqualTo(VerdictResult.TEMPERROR);
        IntStream.range(0, 3_000).forEach(i -> server.txt("most.test", "v=spf1"));
        assertThat(check("most.test").reason()).isEqualTo("most.test publishes 3000 SPF records");
        String long64k = "v=spf1" + " ip4:198.51.100.1".repeat(3_500) + " -all";
        server.txt("long.test", long64k);
        assertThat(check("long.test").mechanism()).hasValue("-all");
        server.txt("word.test", "v=spf1 " + "x".repeat(60_000));
        assertThat(check("word.test").reason().length()).isLessThan(600);
        server.txt("macro.test", "v=spf1 exists:" + "%{s}".repeat(10_000) + " -all");
        assertThat(check("macro.test").result()).isEqualTo(VerdictResult.FAIL);
    }

    @Test
    void isATemperrorWhereTheDnsKeepsSilent() throws Exception {
        server.silent("sender.test");
        SpfVerdict verdict = check("sender.test");
        assertThat(verdict.result()).isEqualTo(VerdictResult.TEMPERROR);
        assertThat(verdict.reason()).contains("TXT sender.test");
    }

    @Test
    void letsNoStrangerWriteLinesOfOurs() throws Exception {
        server.txt("sender.test", "v=spf1 -all exp=why.test").txt("why.test", "no %{h}\u0007");
        assertThat(check("sender.test").explanation()).isEmpty();
        server.txt("other.test", "v=spf1 -all exp=because.test").txt("because.test", "not %{i}, %{l}");
        assertThat(check("other.test").explanation()).hasValue("not 192.0.2.7, joe");
    }
}
