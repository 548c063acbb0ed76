package io.smtpra.ra.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.Reply;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Queue ids in the forms of servers in wide use. */
class QueueIdTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Ok: queued as 4F2B91C0D                                              | 4F2B91C0D",
        "Ok: queued as 4ZkXyV0Qz1z9rxJ                                        | 4ZkXyV0Qz1z9rxJ",
        "OK id=1kQ2xy-0001ab-CD                                               | 1kQ2xy-0001ab-CD",
        "Message queued with id 1a2b3c                                        | 1a2b3c",
        "<a1b2@host.example.com> [InternalId=42, Hostname=x.example.com] 1234 bytes in 0.1, 9 KB/sec Queued mail for "
                + "delivery | a1b2@host.example.com",
        "0AB1cdEF012345 Message accepted for delivery                         | 0AB1cdEF012345",
        "OK  1700000000 d9443c01a7336-1d1-20020a170 - gsmtp                   | d9443c01a7336-1d1-20020a170",
        "ok 1700000000 qp 12345                                               | 12345",
        "Ok 0100018bcafe-11ee-000000                                          | 0100018bcafe-11ee-000000",
        "Requested mail action okay, completed: id=0LkfSq-1abcdef             | 0LkfSq-1abcdef",
        "Message accepted                                                     |",
        "ok                                                                   |",
        "fine, thanks                                                         |"})
    void is_found(String text, String id) {
        Reply reply = new Reply(250, Optional.empty(), List.of(text));
        assertThat(QueueId.in(reply)).isEqualTo(Optional.ofNullable(id));
    }
}
