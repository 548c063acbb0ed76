package io.smtpra.ra.tls.material;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.tls.material.TestPki.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryWarningsTest {

    private static final Instant EXPIRES = Instant.parse("2027-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2027-02-08T11:59:59Z,",
        "2027-02-08T12:00:00Z, THREE_WEEKS",
        "2027-02-22T11:59:59Z, THREE_WEEKS",
        "2027-02-22T12:00:00Z, WEEK",
        "2027-02-28T11:59:59Z, WEEK",
        "2027-02-28T12:00:00Z, DAY",
        "2027-03-01T11:59:59Z, DAY",
        "2027-03-01T12:00:00Z, EXPIRED",
        "2028-01-01T00:00:00Z, EXPIRED",
    })
    void stages(Instant now, ExpiryWarnings.Stage stage) {
        assertThat(ExpiryWarnings.Stage.reached(EXPIRES, now).orElse(null)).isEqualTo(stage);
    }

    @Test
    void oneWarningForEachStage() throws Exception {
        Identity identity = identity("mail.example.com");
        ExpiryWarnings warnings = new ExpiryWarnings();
        List<Integer> hoursBefore = List.of(600, 504, 503, 169, 168, 167, 24, 23, 1, 0, -1);
        List<Integer> warnedAt = hoursBefore.stream().filter(hours -> !warnings.due(List.of(identity),
                identity.expires().minus(Duration.ofHours(hours))).isEmpty()).toList();
        assertThat(warnedAt).containsExactly(504, 168, 24, 0);
    }

    @Test
    void aNewCertificateIsWarnedOfAnew() throws Exception {
        Identity first = identity("first.example.com");
        Identity second = identity("second.example.com");
        ExpiryWarnings warnings = new ExpiryWarnings();
        Instant now = first.expires().minus(Duration.ofDays(3));
        assertThat(warnings.due(List.of(first), now)).singleElement().asString()
                .isEqualTo("CN=first.example.com expires at " + first.expires() + ", in 7 days or less");
        assertThat(warnings.due(List.of(first, second), now)).singleElement().asString().contains("second");
        assertThat(warnings.due(List.of(first, second), now)).isEmpty();
    }

    private static Identity identity(String host) throws Exception {
        var issued = TestPki.selfSigned(Request.host(host));
        return new Identity(issued.key(), issued.chain());
    }
}
