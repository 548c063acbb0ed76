package io.smtpra.ra.authenticity.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.MailContent;
import io.smtpra.authenticity.DkimVerdict;
import io.smtpra.authenticity.DnsAnswer;
import io.smtpra.authenticity.DnsRecordType;
import io.smtpra.authenticity.VerdictResult;
import io.smtpra.ra.authenticity.dkim.sign.KeyPairs;
import io.smtpra.ra.authenticity.dkim.sign.MailSigners;
import io.smtpra.ra.authenticity.dkim.sign.SigningPass;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a signature is worth, and why: RFC 6376 section 6, RFC 8301, RFC 8463. */
class SignatureVerifierTest {

    private static final String NAME = "s1._domainkey.example.com";
    private static final String MAIL = "From: a@example.com\r\nSubject: x\r\n\r\nHello.\r\n";
    private static final String GOOD = KeyPairs.record(KeyPairs.RSA);
    private static final KeyPair SHORT = KeyPairs.rsa(768);

    private final PublishedKeys dns = new PublishedKeys().with(NAME, GOOD);

    /** The tags behind {@code v=1; a=rsa-sha256; b=…; bh=…}, which are those of the mail; {@code |} is a line end. */
    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {
        "d=example.com; s=s1; h=from                         ! PASS      ! ''",
        "d=EXAMPLE.com; s=S1; h=From                         ! PASS      ! ''",
        "d=example.com; s=s1; h=from; i=joe@sub.example.com  ! PASS      ! ''",
        "d=example.com; s=s1; h=from:subject:from:x-none     ! PASS      ! ''",
        "d=example.com; s=s1; h=|\tfrom |\t: subject         ! PASS      ! ''",
        "d=example.com; s=s1; h=from; q=dns/txt; zz=ü        ! PASS      ! ''",
        "d=example.com; s=s1; h=from; t=1; x=2000000001      ! PASS      ! ''",
        "d=example.com; s=s1; h=from; t=1; x=1999999999      ! POLICY    ! it has expired at 2033-05-18T03:33:19Z",
        "d=example.com; s=s1; h=from; t=1; x=1               ! PERMERROR ! x= is not later than t=",
        "d=example.com; s=s1; h=from; x=99999999999999999999 ! PASS      ! ''",
        "d=example.com; s=s1; h=from; x=-1                   ! NEUTRAL   ! x= is no number",
        "d=example.com; s=s1; h=subject                      ! PERMERROR ! From is not signed",
        "d=example.com; s=s1; h=from; i=joe@example.org      ! PERMERROR ! i= is of another domain than d=",
        "d=example.com; s=s1; h=from; i=joe@badexample.com   ! PERMERROR ! i= is of another domain than d=",
        "d=example.com; s=s1; h=from; q=http                 ! PERMERROR ! q= names no way to the key that is known",
        "d=example.com; s=s1; h=from; c=relaxed/nonsense     ! PERMERROR ! c= names a form that is not known",
        "d=example.com; s=s2; h=from                        ! PERMERROR ! there is no key at s2._domainkey.example.com",
        "d=example.com; s=s1; h=from; d=example.org          ! NEUTRAL   ! the tag d= occurs twice",
        "d=example.com; s=s1                                 ! NEUTRAL   ! the tag h= is missing",
        "d=com; s=s1; h=from                                 ! NEUTRAL   ! d= is no domain",
        "d=exa mple.com; s=s1; h=from                        ! NEUTRAL   ! d= is no domain",
        "d=example.com; s=s1 h=from                          ! NEUTRAL   ! s= is no selector",
        "d=example.com;; s=s1; h=from                        ! NEUTRAL   ! a tag between two semicolons is empty",
        "d=example.com; s=s1; h=from; nonsense               ! NEUTRAL   ! a tag has no name and value",
    })
    void theTagsAreChecked(String tags, VerdictResult result, String reason) throws Exception {
        DkimVerdict verdict = check(signed("v=1; a=rsa-sha256; " + tags.replace("|", "\r\n"), KeyPairs.RSA));
        assertThat(verdict.reason()).isEqualTo(reason);
        assertThat(verdict.result()).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({
        "v=2; a=rsa-sha256, PERMERROR, it is of a version that is not known",
        "a=rsa-sha256,      NEUTRAL,   the tag v= is missing",
        "v=1; a=rsa-sha1,   PERMERROR, rsa-sha1 is not to be relied on any more (RFC 8301)",
        "v=1; a=rsa-md5,    PERMERROR, its algorithm is not known",
        "v=1; a=ed25519-sha256, PERMERROR, its key is of another kind than its algorithm",
    })
    void theAlgorithmIsChecked(String tags, VerdictResult result, String reason) throws Exception {
        DkimVerdict verdict = check(signed(tags + "; d=example.com; s=s1; h=from", KeyPairs.RSA));
        assertThat(verdict.reason()).isEqualTo(reason);
        assertThat(verdict.result()).isEqualTo(result);
    }

    /** {@code KEY} is the key that signed. */
    @ParameterizedTest
    @CsvSource({
        "KEY,                                PASS,      ''",
        "v=DKIM1; KEY,                       PASS,      ''",
        "v=DKIM1; k=rsa; s=email; t=s; KEY,  PASS,      ''",
        "v=DKIM1; h=sha1:sha256; n=x; KEY,   PASS,      ''",
        "v=DKIM1; t=y; KEY,                  POLICY,    its domain is only trying (t=y)",
        "v=DKIM1; h=sha1; KEY,               PERMERROR, its key is not for sha256",
        "v=DKIM1; s=other; KEY,              PERMERROR, its key is not for mail",
        "v=DKIM1; k=ed25519; KEY,            PERMERROR, its key is damaged",
        "v=DKIM1; k=other; KEY,              PERMERROR, its key is of a kind that is not known",
        "v=DKIM2; KEY,                       PERMERROR, the record of its key is no key of DKIM",
        "k=rsa; v=DKIM1; KEY,                PERMERROR, the record of its key is no key of DKIM",
        "v=DKIM1; p=,                        PERMERROR, its key has been revoked",
        "v=DKIM1; k=rsa,                     PERMERROR, the record of its key has no key",
        "v=DKIM1; p=AAAA,                    PERMERROR, its key is damaged",
        "v=DKIM1; p=%%%,                     PERMERROR, its key cannot be read: the tag p= is not base64",
        "v=spf1 -all,                        PERMERROR, the record of its key is no key of DKIM",
        "nonsense,                           PERMERROR, its key cannot be read: a tag has no name and value",
    })
    void theKeyIsChecked(String record, VerdictResult result, String reason) throws Exception {
        dns.with(NAME, record.replace("KEY", GOOD.substring(GOOD.indexOf("p="))));
        DkimVerdict verdict = check(signed("v=1; a=rsa-sha256; d=example.com; s=s1; h=from", KeyPairs.RSA));
        assertThat(verdict.reason()).isEqualTo(reason);
        assertThat(verdict.result()).isEqualTo(result);
        assertThat(verdict.testing()).isEqualTo(record.contains("t=y"));
    }

    @Test
    void aKeyThatIsTooShortIsNotReliedOn() throws Exception {
        dns.with(NAME, KeyPairs.record(SHORT));
        DkimVerdict verdict = check(signed("v=1; a=rsa-sha256; d=example.com; s=s1; h=from", SHORT));
        assertThat(verdict.result()).isEqualTo(VerdictResult.PERMERROR);
        assertThat(verdict.reason()).isEqualTo("its key has 768 bits, and must have 1024 (RFC 8301)");
    }

    /** It would cost whoever verifies dear. */
    @Test
    void aKeyThatIsTooLongIsNotTried() throws Exception {
        byte[] modulus = new byte[1_000];
        Arrays.fill(modulus, (byte) 0x7f);
        PublicKey key = KeyFactory.getInstance("RSA").generatePublic(
                new RSAPublicKeySpec(new BigInteger(1, modulus), BigInteger.valueOf(65_537)));
        dns.with(NAME, "p=" + Base64.getEncoder().encodeToString(key.getEncoded()));
        DkimVerdict verdict = check(signed("v=1; a=rsa-sha256; d=example.com; s=s1; h=from", KeyPairs.RSA));
        assertThat(verdict.reason()).isEqualTo("its key is longer than 4096 bits");
        dns.with(NAME, "p=" + "A".repeat(100_000));
        assertThat(check(signed("v=1; a=rsa-sha256; d=example.com; s=s1; h=from", KeyPairs.RSA)).reason())
                .isEqualTo("the record of its key is longer than any key");
    }

    @Test
    void aSubdomainNeedsAKeyThatIsNotStrict() throws Exception {
        String mail = signed("v=1; a=rsa-sha256; d=example.com; s=s1; h=from; i=@sub.example.com", KeyPairs.RSA);
        assertThat(check(mail).passed()).isTrue();
        dns.with(NAME, GOOD.replace("k=rsa", "k=rsa; t=s"));
        assertThat(check(mail).reason()).isEqualTo("its key is not for subdomains, as i= is one");
    }

    @Test
    void ofSeveralRecordsTheFirstThatIsAKeyCounts() throws Exception {
        dns.with(NAME, "v=spf1 -all", GOOD);
        assertThat(check(signed("v=1; a=rsa-sha256; d=example.com; s=s1; h=from", KeyPairs.RSA)).passed()).isTrue();
        dns.with(NAME, new DnsAnswer(DnsAnswer.Status.FOUND, Collections.nCopies(10_000, "nonsense"), false, ""));
        assertThat(check(signed("v=1; a=rsa-sha256; d=example.com; s=s1; h=from", KeyPairs.RSA)).result())
                .isEqualTo(VerdictResult.PERMERROR);
    }

    @Test
    void whatTheDnsDoesNotSayNowMayBeSaidLater() throws Exception {
        dns.with(NAME, new DnsAnswer(DnsAnswer.Status.FAILED, List.of(), false, "no answer"));
        DkimVerdict verdict = check(signed("v=1; a=rsa-sha256; d=example.com; s=s1; h=from", KeyPairs.RSA));
        assertThat(verdict.result()).isEqualTo(VerdictResult.TEMPERROR);
        assertThat(verdict.reason()).isEqualTo("its key was not found out: no answer");
    }

    @Test
    void thatTheAnswerWasValidatedIsTold() throws Exception {
        dns.with(NAME, new DnsAnswer(DnsAnswer.Status.FOUND, List.of(GOOD), true, ""));
        assertThat(check(signed("v=1; a=rsa-sha256; d=example.com; s=s1; h=from", KeyPairs.RSA)).validated()).isTrue();
    }

    /** Nobody waits for the DNS: the verdict comes when the answer does. */
    @Test
    void theVerdictComesWithTheAnswer() throws Exception {
        CompletableFuture<DnsAnswer> answer = new CompletableFuture<>();
        CompletableFuture<List<DkimVerdict>> verdicts = verifier().check(
                content(signed("v=1; a=rsa-sha256; d=example.com; s=s1; h=from", KeyPairs.RSA)), (name, type) -> {
                    assertThat(type).isEqualTo(DnsRecordType.TXT);
                    return answer;
                });
        assertThat(verdicts).isNotDone();
        answer.complete(new DnsAnswer(DnsAnswer.Status.FOUND, List.of(GOOD), false, ""));
        assertThat(verdicts.join()).singleElement().matches(DkimVerdict::passed);
    }

    @ParameterizedTest
    @CsvSource({"8, true, PASS", "3, true, PASS", "8, false, PASS", "3, false, POLICY", "9, false, PERMERROR",
        "9, true, PERMERROR"})
    void aPartOfTheBodyIsNotTrustedUnlessTold(int length, boolean partialBodies, VerdictResult result)
            throws Exception {
        String mail = signed("v=1; a=rsa-sha256; d=example.com; s=s1; h=from; l=" + length, KeyPairs.RSA,
                "Hello.\r\n".substring(0, Math.min(8, length)));
        DkimVerdict verdict = new SignatureVerifier(partialBodies, clock()).check(content(mail), dns).join().get(0);
        assertThat(verdict.result()).isEqualTo(result);
        assertThat(verdict.signedBodyLength()).hasValue(length);
    }

    @Test
    void aSecondAuthorIsNotVouchedFor() throws Exception {
        String mail = signed("v=1; a=rsa-sha256; d=example.com; s=s1; h=from", KeyPairs.RSA);
        DkimVerdict verdict = check("From: boss@example.com\r\n" + mail);
        assertThat(verdict.result()).isEqualTo(VerdictResult.POLICY);
        assertThat(verdict.reason()).isEqualTo("the mail has 2 From fields");
    }

    /** Section 8.4: each costs a look-up and a signature. */
    @Test
    void onlySoManySignaturesAreLookedAt() throws Exception {
        String mail = signed("v=1; a=rsa-sha256; d=example.com; s=s1; h=from", KeyPairs.RSA);
        String signature = mail.substring(0, mail.indexOf("From:"));
        assertThat(verifier().check(content(signature.repeat(50) + mail), dns).join()).hasSize(10)
                .allMatch(DkimVerdict::passed);
        assertThat(dns.asked()).hasSize(10);
    }

    @Test
    void aHeaderWithoutEndIsNotRead() throws Exception {
        String mail = signed("v=1; a=rsa-sha256; d=example.com; s=s1; h=from", KeyPairs.RSA);
        String end = "X-Long: " + "x".repeat(HeaderFields.MAX_OCTETS);
        assertThat(check(mail.replace("\r\n\r\n", "\r\n" + end + "\r\n\r\n")).result())
                .isEqualTo(VerdictResult.PERMERROR);
        assertThat(check(mail.replace("\r\n\r\n", "\r\n" + "X: 1\r\n".repeat(HeaderFields.MAX_OCTETS / 6))).reason())
                .contains("longer than");
        String names = "from:".repeat(100_000) + "from";
        assertThat(check("DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s1; h=" + names
                + "; bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=; b=AAAA\r\n" + MAIL).reason())
                .isEqualTo("h= names more than 500 fields");
    }

    @Test
    void aMailWithoutSignatureHasNoVerdictAndCostsNoQuestion() throws Exception {
        for (String mail : List.of(MAIL, "", "\r\n", "no header", "From: a@example.com",
                "X: 1\r\n DKIM-Signature: v=1\r\n\r\n")) {
            assertThat(verifier().check(content(mail), dns).join()).isEmpty();
        }
        assertThat(dns.asked()).isEmpty();
    }

    /** What a stranger wrote gets nowhere with its control characters. */
    @Test
    void verdictsAreHarmless() throws Exception {
        String nonsense = "DKIM-Signature: v=1; a=rsa\u0007; d=\u0000; s=\r\n \u001b[1m; h=from; "
                + "i=\u0008@example.com; bh=x; b=\u0001\u0002\r\n";
        DkimVerdict verdict = check(nonsense + MAIL);
        assertThat(verdict.toString()).doesNotContainPattern("\\p{Cntrl}");
        assertThat(verdict.result()).isNotEqualTo(VerdictResult.PASS);
    }

    @Test
    void ofTwoSignaturesEachIsForItself() throws Exception {
        SigningPass pass = new SigningPass(MailSigners.with("example.com", "s1", KeyPairs.RSA, "e1", KeyPairs.ED25519),
                clock());
        byte[] octets = MAIL.getBytes(StandardCharsets.US_ASCII);
        pass.add(octets, 0, octets.length);
        String mail = new String(pass.end().sign(), StandardCharsets.US_ASCII) + MAIL;
        dns.with("e1._domainkey.example.com", KeyPairs.record(KeyPairs.ed25519()));
        List<DkimVerdict> verdicts = verifier().check(content(mail), dns).join();
        assertThat(verdicts).extracting(DkimVerdict::result).containsExactly(VerdictResult.PASS, VerdictResult.FAIL);
        assertThat(verdicts).extracting(DkimVerdict::signature).doesNotHaveDuplicates()
                .allMatch(signature -> signature.length() == 12);
        assertThat(IntStream.range(0, 2).mapToObj(i -> verdicts.get(i).algorithm()))
                .containsExactly("rsa-sha256", "ed25519-sha256");
    }

    private DkimVerdict check(String mail) throws IOException {
        List<DkimVerdict> verdicts = verifier().check(content(mail), dns).join();
        assertThat(verdicts).hasSize(1);
        return verdicts.get(0);
    }

    private static SignatureVerifier verifier() {
        return new SignatureVerifier(false, clock());
    }

    private static Clock clock() {
        return Clock.fixed(Instant.ofEpochSecond(2_000_000_000), ZoneOffset.UTC);
    }

    private static MailContent content(String mail) {
        return MailContent.of(mail.getBytes(StandardCharsets.UTF_8));
    }

    private static String signed(String tags, KeyPair pair) throws Exception {
        return signed(tags, pair, "Hello.\r\n");
    }

    /** The mail, signed in the simple form with whatever tags: From and, if it is named, the subject. */
    private static String signed(String tags, KeyPair pair, String body) throws Exception {
        String hash = Base64.getEncoder().encodeToString(
                MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.US_ASCII)));
        String field = "DKIM-Signature: " + tags + "; bh=" + hash + "; b=";
        boolean subject = tags.contains("subject");
        String header = "From: a@example.com\r\n" + (subject ? "Subject: x\r\n" : "") + field;
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(header.getBytes(StandardCharsets.UTF_8));
        return field + Base64.getEncoder().encodeToString(signature.sign()) + "\r\n" + MAIL;
    }
}
