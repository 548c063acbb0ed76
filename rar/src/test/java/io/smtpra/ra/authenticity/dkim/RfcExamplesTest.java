package io.smtpra.ra.authenticity.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.smtpra.MailContent;
import io.smtpra.authenticity.DkimVerdict;
import io.smtpra.authenticity.Verdict;
import io.smtpra.authenticity.VerdictResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of RFC 6376 (sections 3.4.5 and A, with errata 3192 and 4926) and of RFC 8463 (section A). */
class RfcExamplesTest {

    private static final String RFC_6376_KEY = "v=DKIM1; p="
            + "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkM"
            + "oGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/R"
            + "tdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB";

    private static final String RFC_6376 = """
            DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;
                  c=simple/simple; q=dns/txt; i=joe@football.example.com;
                  h=Received : From : To : Subject : Date : Message-ID;
                  bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
                  b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB
                  4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut
                  KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV
                  4bmp/YzhwvcubU4=;
            Received: from client1.football.example.com  [192.0.2.1]
                  by submitserver.example.com with SUBMISSION;
                  Fri, 11 Jul 2003 21:01:54 -0700 (PDT)
            From: Joe SixPack <joe@football.example.com>
            To: Suzie Q <suzie@shopping.example.net>
            Subject: Is dinner ready?
            Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
            Message-ID: <20030712040037.46341.5F8J@football.example.com>

            Hi.

            We lost the game. Are you hungry yet?

            Joe.
            """;

    private static final String RFC_8463 = """
            DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
             d=football.example.com; i=@football.example.com;
             q=dns/txt; s=brisbane; t=1528637909; h=from : to :
             subject : date : message-id : from : subject : date;
             bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
             b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
             Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
            DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
             d=football.example.com; i=@football.example.com;
             q=dns/txt; s=test; t=1528637909; h=from : to : subject :
             date : message-id : from : subject : date;
             bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
             b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
             DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
             dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
            From: Joe SixPack <joe@football.example.com>
            To: Suzie Q <suzie@shopping.example.net>
            Subject: Is dinner ready?
            Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
            Message-ID: <20030712040037.46341.5F8J@football.example.com>

            Hi.

            We lost the game.  Are you hungry yet?

            Joe.
            """;

    private final PublishedKeys keys = new PublishedKeys()
            .with("brisbane._domainkey.example.com", RFC_6376_KEY)
            .with("brisbane._domainkey.football.example.com",
                    "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
            .with("test._domainkey.football.example.com", "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDk"
                    + "HlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBs"
                    + "CR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB");

    @Test
    void theExampleOfRfc6376Passes() throws IOException {
        assertThat(check(RFC_6376)).singleElement().satisfies(verdict -> {
            assertThat(verdict.reason()).isEmpty();
            assertThat(verdict.result()).isEqualTo(VerdictResult.PASS);
            assertThat(verdict.domain()).isEqualTo("example.com");
            assertThat(verdict.selector()).isEqualTo("brisbane");
            assertThat(verdict.algorithm()).isEqualTo("rsa-sha256");
            assertThat(verdict.keyBits()).hasValue(1_024);
            assertThat(verdict.identity()).isEqualTo("joe@football.example.com");
            assertThat(verdict.signature()).isEqualTo("AuUoFEfDxTDk");
            assertThat(verdict.signedHeaders())
                    .containsExactly("received", "from", "to", "subject", "date", "message-id");
        });
    }

    @Test
    void bothExamplesOfRfc8463Pass() throws IOException {
        assertThat(check(RFC_8463)).extracting(Verdict::reason, DkimVerdict::algorithm, Verdict::result)
                .containsExactly(
                        tuple("", "ed25519-sha256", VerdictResult.PASS),
                        tuple("", "rsa-sha256", VerdictResult.PASS));
    }

    @ParameterizedTest
    @CsvSource({
        "Joe., Jim., the body has been changed",
        "Is dinner, Is supper, 'a signed header field has been changed, or its key is not the one that signed'",
        "q=dns/txt, zz=1; q=dns/txt, 'a signed header field has been changed, or its key is not the one that signed'",
    })
    void whatHasBeenChangedFails(String before, String after, String reason) throws IOException {
        for (String example : List.of(RFC_6376, RFC_8463)) {
            assertThat(check(example.replace(before, after))).isNotEmpty().allSatisfy(verdict -> {
                assertThat(verdict.result()).isEqualTo(VerdictResult.FAIL);
                assertThat(verdict.reason()).isEqualTo(reason);
            });
        }
    }

    private List<DkimVerdict> check(String mail) throws IOException {
        byte[] octets = mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        return new SignatureVerifier().check(MailContent.of(octets), keys).join();
    }
}
