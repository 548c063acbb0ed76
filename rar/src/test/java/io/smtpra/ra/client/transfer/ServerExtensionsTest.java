package io.smtpra.ra.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What servers offer, and what they say of it. */
class ServerExtensionsTest {

    @Test
    void are_read_whatever_their_case_and_order() {
        ServerExtensions read = ServerExtensions.parse(List.of("size 1000 ", "Pipelining", "auth plain  LOGIN",
                "AUTH=LOGIN CRAM-MD5", "STARTTLS", "X-NONSENSE a=b", "", "8BITMIME", "PIPELINING again"));
        assertThat(read.maxSize()).hasValue(1_000);
        assertThat(read.pipelining()).isTrue();
        assertThat(read.startTls()).isTrue();
        assertThat(read.eightBitMime()).isTrue();
        assertThat(read.authMechanisms()).containsExactlyInAnyOrder("PLAIN", "LOGIN", "CRAM-MD5");
        assertThat(read.chunking()).isFalse();
        assertThat(ServerExtensions.NONE.pipelining()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"SIZE, -1", "SIZE 0, -1", "SIZE -5, -1", "SIZE lots, -1", "SIZE 12 34, -1",
        "SIZE 99999999999999999999, -1", "SIZE 52428800, 52428800"})
    void a_size_that_is_none_is_no_limit(String line, long expected) {
        ServerExtensions read = ServerExtensions.parse(List.of(line));
        assertThat(read.size()).isTrue();
        assertThat(read.maxSize().orElse(-1)).isEqualTo(expected);
    }

    @Test
    void one_that_needs_another_is_not_used_without_it() {
        ServerExtensions read = ServerExtensions.parse(List.of("SMTPUTF8", "BINARYMIME")).allowedBy(ClientExtensions.ALL, false);
        assertThat(read.smtpUtf8()).isFalse();
        assertThat(read.binaryMime()).isFalse();
    }
}
