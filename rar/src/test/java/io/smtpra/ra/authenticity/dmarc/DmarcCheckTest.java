package io.smtpra.ra.authenticity.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.authenticity.DkimVerdict;
import io.smtpra.authenticity.DmarcPolicy;
import io.smtpra.authenticity.DmarcVerdict;
import io.smtpra.authenticity.SpfIdentity;
import io.smtpra.authenticity.SpfVerdict;
import io.smtpra.authenticity.VerdictResult;
import io.smtpra.ra.authenticity.dns.DnsResolver;
import io.smtpra.ra.authenticity.dns.DnsServer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DMARC over the wire, with the examples of RFC 9989 appendix B and what they leave out. */
class DmarcCheckTest {

    private final DnsServer server = DnsServer.start();
    private final DnsResolver dns = DnsResolver.start(server.config());

    @AfterEach
    void stop() {
        dns.close();
        server.close();
    }

    private DmarcVerdict check(String authors, SpfVerdict spf, DkimVerdict... dkim) throws Exception {
        return DmarcCheck.check(Arrays.asList(authors.split(",")), true, Optional.of(spf), List.of(dkim), dns)
                .get(120, TimeUnit.SECONDS);
    }

    private static SpfVerdict spf(VerdictResult result, String domain) {
        return new SpfVerdict(result, domain, SpfIdentity.MAIL_FROM, Optional.empty(), Optional.empty(), "", false);
    }

    private static DkimVerdict dkim(VerdictResult result, String domain) {
        return new DkimVerdict(result, domain, "s1", "rsa-sha256", OptionalInt.of(2048), List.of("from"),
                OptionalLong.empty(), "@" + domain, "abc", false, "", false);
    }

    private static final SpfVerdict NO_SPF = spf(VerdictResult.NONE, "elsewhere.test");

    /** The record of the author's domain or of one above it, and what DKIM has proved. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        // the domain itself
        "example.com | example.com | v=DMARC1; p=reject | example.com | PASS | REJECT",
        "example.com | example.com | v=DMARC1; p=reject | other.test | FAIL | REJECT",
        "example.com | example.com | v=DMARC1; p=quarantine | - | FAIL | QUARANTINE",
        "example.com | example.com | v=DMARC1; p=none | - | FAIL | NONE",
        "example.com | example.com | v = DMARC1 ; p = Reject ; rua=mailto:a@example.com; | - | FAIL | REJECT",
        // below, and above
        "example.com | example.com | v=DMARC1; p=reject | mail.example.com | PASS | REJECT",
        "mail.example.com | example.com | v=DMARC1; p=reject | example.com | PASS | REJECT",
        "a.example.com | example.com | v=DMARC1; p=reject | b.example.com | PASS | REJECT",
        "example.com | example.com | v=DMARC1; p=reject; adkim=s | mail.example.com | FAIL | REJECT",
        "example.com | example.com | v=DMARC1; p=reject; adkim=s | example.com | PASS | REJECT",
        "example.com | example.com | v=DMARC1; p=reject | notexample.com | FAIL | REJECT",
        // whose policy
        "here.example.com | example.com | v=DMARC1; p=reject; sp=quarantine; np=none | - | FAIL | QUARANTINE",
        "gone.example.com | example.com | v=DMARC1; p=none; sp=quarantine; np=reject | - | FAIL | REJECT",
        "gone.example.com | example.com | v=DMARC1; p=none; sp=quarantine | - | FAIL | QUARANTINE",
        "gone.example.com | example.com | v=DMARC1; p=reject; np=bogus | - | PERMERROR | -",
        "gone.example.com | example.com | v=DMARC1; p=reject; np=bogus; rua=mailto:a@example.com | - | FAIL | NONE",
        // testing; no percentage any more
        "example.com | example.com | v=DMARC1; p=reject; t=y | - | FAIL | QUARANTINE",
        "example.com | example.com | v=DMARC1; p=quarantine; t=y | - | FAIL | NONE",
        "example.com | example.com | v=DMARC1; p=reject; pct=0 | - | FAIL | REJECT",
        // no policy
        "example.com | other.test | v=DMARC1; p=reject | example.com | NONE | -",
        "example.com | example.com | v=DMARC1 | - | FAIL | NONE",
        "example.com | example.com | v=DMARC1; p=bogus | - | PERMERROR | -",
        "example.com | example.com | v=dmarc1; p=reject | - | NONE | -",
        "example.com | example.com | p=reject; v=DMARC1 | - | NONE | -",
        "example.com | example.com | v=DMARC12; p=reject | - | NONE | -",
    })
    void findsThePolicyAndWhatIsAligned(String author, String domain, String record, String signer,
            VerdictResult result, DmarcPolicy policy) throws Exception {
        server.txt("_dmarc." + domain, record).exists("here.example.com");
        DkimVerdict[] dkim = signer == null ? new DkimVerdict[0] : new DkimVerdict[] {dkim(VerdictResult.PASS, signer)};
        DmarcVerdict verdict = check(author, NO_SPF, dkim);
        assertThat(verdict.result()).as(verdict.toString()).isEqualTo(result);
        assertThat(verdict.policy()).isEqualTo(Optional.ofNullable(policy));
        assertThat(verdict.dkimAligned()).isEqualTo(
                result == VerdictResult.PASS ? Optional.of(signer) : Optional.empty());
        assertThat(verdict.policyDomain()).isEqualTo(policy == null ? Optional.empty() : Optional.of(domain));
    }

    @ParameterizedTest
    @CsvSource({"example.com,PASS", "mail.example.com,PASS", "other.test,FAIL"})
    void takesSpfAsWell(String domain, VerdictResult result) throws Exception {
        server.txt("_dmarc.example.com", "v=DMARC1; p=reject");
        DmarcVerdict verdict = check("example.com", spf(VerdictResult.PASS, domain));
        assertThat(verdict.result()).isEqualTo(result);
        assertThat(verdict.spfAligned()).isEqualTo(
                result == VerdictResult.PASS ? Optional.of(domain) : Optional.empty());
        assertThat(check("example.com", spf(VerdictResult.SOFTFAIL, domain)).result()).isEqualTo(VerdictResult.FAIL);
    }

    @Test
    void walksAsInTheExampleOfManyLabels() throws Exception {
        server.txt("_dmarc.example.com", "v=DMARC1; p=reject").txt("_dmarc.signing.example.com", "v=DMARC1; p=none");
        DmarcVerdict verdict = check("a.b.c.d.e.f.g.h.i.j.k.example.com", NO_SPF,
                dkim(VerdictResult.PASS, "signing.example.com"));
        assertThat(verdict.result()).isEqualTo(VerdictResult.PASS);
        assertThat(verdict.policyDomain()).hasValue("example.com");
        assertThat(server.asked()).startsWith("_dmarc.a.b.c.d.e.f.g.h.i.j.k.example.com. TXT udp",
                "_dmarc.g.h.i.j.k.example.com. TXT udp", "_dmarc.h.i.j.k.example.com. TXT udp")
                .hasSizeLessThanOrEqualTo(8 + 1);
    }

    @Test
    void stopsAtAPublicSuffixAsInTheExampleOfTheBanks() throws Exception {
        server.txt("_dmarc.bank.example", "v=DMARC1; p=reject; psd=y")
                .txt("_dmarc.giant.bank.example", "v=DMARC1; p=none");
        DmarcVerdict giant = check("giant.bank.example", spf(VerdictResult.PASS, "mail.giant.bank.example"),
                dkim(VerdictResult.PASS, "mail.mega.bank.example"));
        assertThat(giant.spfAligned()).hasValue("mail.giant.bank.example");
        assertThat(giant.dkimAligned()).isEmpty();
        assertThat(giant.policyDomain()).hasValue("giant.bank.example");
        // who has no policy of their own has that of the suffix
        DmarcVerdict mega = check("mega.bank.example", NO_SPF);
        assertThat(mega.policyDomain()).hasValue("bank.example");
        assertThat(mega.policy()).hasValue(DmarcPolicy.REJECT);
    }

    @Test
    void isAnOrganisationOfItsOwnWhoSaysSo() throws Exception {
        server.txt("_dmarc.unit.example.com", "v=DMARC1; p=reject; psd=n")
                .txt("_dmarc.example.com", "v=DMARC1; p=none");
        assertThat(check("unit.example.com", NO_SPF, dkim(VerdictResult.PASS, "example.com")).result())
                .isEqualTo(VerdictResult.FAIL);
        assertThat(check("unit.example.com", NO_SPF, dkim(VerdictResult.PASS, "a.unit.example.com")).result())
                .isEqualTo(VerdictResult.PASS);
    }

    @Test
    void letsNobodyHideBehindAnotherAuthor() throws Exception {
        server.txt("_dmarc.bank.test", "v=DMARC1; p=reject").txt("_dmarc.evil.test", "v=DMARC1; p=none");
        DkimVerdict evil = dkim(VerdictResult.PASS, "evil.test");
        assertThat(check("evil.test,bank.test", NO_SPF, evil)).satisfies(verdict -> {
            assertThat(verdict.result()).isEqualTo(VerdictResult.FAIL);
            assertThat(verdict.domain()).isEqualTo("bank.test");
            assertThat(verdict.policy()).hasValue(DmarcPolicy.REJECT);
        });
        assertThat(check("evil.test,nobody.test", NO_SPF, evil).result()).isEqualTo(VerdictResult.NONE);
        assertThat(check("a.test,b.test,c.test,d.test,e.test", NO_SPF, evil).result())
                .isEqualTo(VerdictResult.PERMERROR);
        assertThat(DmarcCheck.check(List.of(), true, Optional.empty(), List.of(), dns).join().result())
                .isEqualTo(VerdictResult.NONE);
    }

    @Test
    void takesNoneOfSeveralRecords() throws Exception {
        server.txt("_dmarc.a.test", "v=DMARC1; p=reject").txt("_dmarc.a.test", "v=DMARC1; p=none");
        assertThat(check("a.test", NO_SPF).result()).isEqualTo(VerdictResult.NONE);
        server.txt("_dmarc.b.test", "v=DMARC1; p=reject").txt("_dmarc.b.test", "something else");
        assertThat(check("b.test", NO_SPF).policy()).hasValue(DmarcPolicy.REJECT);
    }

    @Test
    void isATemperrorWhereSomethingIsNotKnownThatMatters() throws Exception {
        server.silent("_dmarc.silent.test").txt("_dmarc.a.test", "v=DMARC1; p=reject");
        assertThat(check("silent.test", NO_SPF).result()).as("the policy").isEqualTo(VerdictResult.TEMPERROR);
        assertThat(check("a.test", NO_SPF, dkim(VerdictResult.TEMPERROR, "a.test")).result()).as("the key")
                .isEqualTo(VerdictResult.TEMPERROR);
        assertThat(check("a.test", spf(VerdictResult.TEMPERROR, "mail.a.test")).result()).as("the host")
                .isEqualTo(VerdictResult.TEMPERROR);
        assertThat(check("a.test", NO_SPF, dkim(VerdictResult.TEMPERROR, "other.test")).result())
                .as("what would change nothing").isEqualTo(VerdictResult.FAIL);
        server.silent("_dmarc.m.a.test");
        assertThat(check("a.test", NO_SPF, dkim(VerdictResult.PASS, "m.a.test")).result()).as("whose the signer is")
                .isEqualTo(VerdictResult.TEMPERROR);
        assertThat(check("a.test", NO_SPF, dkim(VerdictResult.PASS, "m.a.test"), dkim(VerdictResult.PASS, "a.test"))
                .result()).as("what another has proved").isEqualTo(VerdictResult.PASS);
    }

    @Test
    void saysWhetherThePolicyWasValidated() throws Exception {
        server.validating().txt("_dmarc.a.test", "v=DMARC1; p=reject");
        assertThat(check("a.test", NO_SPF).validated()).isTrue();
    }
}
