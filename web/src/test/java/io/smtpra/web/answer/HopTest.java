package io.smtpra.web.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Received fields as servers write them. */
class HopTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from vm ([127.0.0.1]) by localhost with ESMTPS (TLSv1.3 cipher TLS_AES_256_GCM_SHA384) id X for <a@example.com>; Sun, 29 Nov 2026 02:16:32 +0000 | vm | localhost | ESMTPS | TLSv1.3 TLS_AES_256_GCM_SHA384
            from a.example.org (a.example.org [192.0.2.1]) (using TLSv1.2 with cipher ECDHE-RSA-AES256-GCM-SHA384 (256/256 bits)) by b.example.org (Postfix) with ESMTPS id 1; Sun, 29 Nov 2026 02:16:32 +0000 | a.example.org | b.example.org | ESMTPS | TLSv1.2 ECDHE-RSA-AES256-GCM-SHA384
            from a by b with ESMTPSA; x | a | b | ESMTPSA | yes
            from a by b with ESMTP; x | a | b | ESMTP |
            by b with local; x | | b | local |
            nonsense | | | |
            """)
    void tellsWhoGaveItToWhom(String field, String from, String by, String with, String tls) {
        Hop hop = Hop.of(field);

        assertThat(hop.from().orElse(null)).isEqualTo(from);
        assertThat(hop.by().orElse(null)).isEqualTo(by);
        assertThat(hop.with().orElse(null)).isEqualTo(with);
        assertThat(hop.tls().orElse(null)).isEqualTo(tls);
    }
}
