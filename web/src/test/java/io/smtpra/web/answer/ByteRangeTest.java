package io.smtpra.web.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110 section 14.1.2, of something with 100 octets. */
class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-9, Some[range=ByteRange[first=0; last=9]]",
        "bytes=90-, Some[range=ByteRange[first=90; last=99]]",
        "bytes=90-1000, Some[range=ByteRange[first=90; last=99]]",
        "bytes=-10, Some[range=ByteRange[first=90; last=99]]",
        "bytes=-1000, Some[range=ByteRange[first=0; last=99]]",
        "bytes=100-, Nothing[]",
        "bytes=-0, Nothing[]",
        "bytes=9-0, Everything[]",
        "bytes=-, Everything[]",
        "'bytes=0-1,5-6', Everything[]",
        "lines=0-9, Everything[]",
        "bytes=9999999999999999999-, Everything[]",
        ", Everything[]"
    })
    void tellsWhatIsWanted(String header, String wanted) {
        assertThat(ByteRange.parse(Optional.ofNullable(header), 100).toString().replace(',', ';')).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-, Nothing[]", "bytes=-5, Nothing[]", ", Everything[]"})
    void nothingOfAnEmptyOneCanBeHad(String header, String wanted) {
        assertThat(ByteRange.parse(Optional.ofNullable(header), 0)).hasToString(wanted);
    }
}
