package io.smtpra.ra.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smtpra.EnhancedStatusCode;
import io.smtpra.Reply;
import io.smtpra.SmtpException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replies as servers write them. */
class ReplyReaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "554 5.7.1 no                      | 5.7.1    | no",
        "554 5.7.1                         | 5.7.1    | ''",
        "554 5.701.999 no                  | 5.701.999| no",
        "554 4.7.1 other class             |          | 4.7.1 other class",
        "554 5.7.1no                       |          | 5.7.1no",
        "554 5.7 no                        |          | 5.7 no",
        "554 5.7.1.2 no                    |          | 5.7.1.2 no",
        "554 5.7000.1 no                   |          | 5.7000.1 no",
        "554 5..1 no                       |          | 5..1 no",
        "554                               |          | ''",
        "554 no\\e[2J\\0 more\\rhere       |          | no?[2J? more?here",
        "554 größer                        |          | größer",
        "554-5.7.1 one\\r\\n554 5.7.1 two  | 5.7.1    | one two",
        "554-5.7.1 one\\r\\n554-two\\r\\n554 | 5.7.1  | 'one two '",
        "554 5.7.1 bare line feed\\n\\x    | 5.7.1    | bare line feed"})
    void is_read(String said, String status, String text) throws Exception {
        Reply reply = greeting(said.replace("\\x", ""));
        assertThat(reply.code()).isEqualTo(554);
        assertThat(reply.enhancedStatusCode())
                .isEqualTo(Optional.ofNullable(status).map(String::strip).map(EnhancedStatusCode::parse));
        assertThat(reply.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "220-mx\\r\\n554 5.7.1 no                   | 554 5.7.1 mx no",
        "220-5.7.1 mx\\r\\n554-5.7.1 not\\r\\n554 you | 554 5.7.1 5.7.1 mx not you",
        "554-5.7.1 no\\r\\n450 later                | 450 no later",
        "554-5.7.1 no\\r\\n450 4.7.1 later          | 450 4.7.1 no later"})
    void counts_by_its_last_line_where_the_codes_differ(String said, String reply) throws Exception {
        assertThat(greeting(said)).hasToString(reply);
    }

    @Test
    void may_be_long() throws Exception {
        assertThat(greeting("554 " + "x".repeat(2_042)).text()).hasSize(2_042);
        assertThat(greeting("554-x\\r\\n".repeat(127) + "554 x").lines()).hasSize(128);
    }

    private static Reply greeting(String said) throws Exception {
        try (ScriptedServer server = ScriptedServer.plays("S: " + said + "\nLEFT")) {
            return catchThrowableOfType(SmtpException.class, () -> Clients.open(Clients.hasty(server)))
                    .reply().orElseThrow();
        }
    }
}
