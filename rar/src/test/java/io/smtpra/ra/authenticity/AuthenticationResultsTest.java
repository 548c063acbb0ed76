package io.smtpra.ra.authenticity;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.authenticity.Authenticity;
import io.smtpra.authenticity.SpfIdentity;
import io.smtpra.authenticity.SpfVerdict;
import io.smtpra.authenticity.Verdict;
import io.smtpra.authenticity.VerdictResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What of strangers gets into a header of ours. */
class AuthenticationResultsTest {

    private static String header(Verdict... verdicts) {
        return new String(AuthenticationResults.header("mx.example.com", new Authenticity(List.of(verdicts))),
                StandardCharsets.UTF_8);
    }

    private static SpfVerdict spf(String domain, String reason) {
        return new SpfVerdict(VerdictResult.PERMERROR, domain, SpfIdentity.HELO, Optional.empty(), Optional.empty(),
                reason, false);
    }

    @Test
    void nothingOfStrangersEndsALineOrAValue() {
        assertThat(header(spf("a\"b\\c\r\nBcc: x", "x\r\n\r\ny\u00FC"))).isEqualTo("""
                Authentication-Results: mx.example.com;\r
                \tspf=permerror\r
                \t reason="x????y?"\r
                \t smtp.helo="a\\"b\\\\c??Bcc: x"\r
                """);
    }

    @Test
    void noLineIsLongerThanMailAllows() {
        assertThat(header(spf("a".repeat(5_000), "\"".repeat(5_000))).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThan(998));
    }

    /** The set of kinds is open. */
    @Test
    void writesWhatItDoesNotKnow() {
        Verdict arc = new Verdict() {
            @Override
            public String method() {
                return "arc";
            }

            @Override
            public VerdictResult result() {
                return VerdictResult.PASS;
            }

            @Override
            public String domain() {
                return "list.test";
            }

            @Override
            public String reason() {
                return "";
            }
        };
        assertThat(header(arc)).isEqualTo("Authentication-Results: mx.example.com;\r\n\tarc=pass\r\n");
        assertThat(new Authenticity(List.of(arc)).of(Verdict.class)).containsExactly(arc);
        assertThat(header()).isEqualTo("Authentication-Results: mx.example.com; none\r\n");
    }
}
