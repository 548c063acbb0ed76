package io.smtpra.ra.inbound.smtp.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MailIdsTest {

    @Test
    void areUniqueAndFitForAnyPlace() {
        MailIds ids = new MailIds();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String id = ids.get();
            assertThat(id).matches("[0-9A-Z]+-[0-9A-Z]{12}").hasSizeLessThanOrEqualTo(64);
            assertThat(seen.add(id)).isTrue();
        }
    }
}
