package io.smtpra.ra.tls.openssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TlsParameters;
import io.smtpra.ra.tls.TlsProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BoringSSL where it can do what is configured, and the reason where it is not used. */
@EnabledOnOs(OS.LINUX)
class ProviderChoiceTest {

    private static final String ALL_OF_1_3 =
            "TLS_AES_256_GCM_SHA384;TLS_CHACHA20_POLY1305_SHA256;TLS_AES_128_GCM_SHA256";

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3;TLSv1.2, ''                                        , ''",
        "TLSv1.3;TLSv1.2, " + ALL_OF_1_3 + "                        , ''",
        "TLSv1.3        , " + ALL_OF_1_3 + "                        , ''",
        "TLSv1.3;TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256      , ''",
        "TLSv1.2        , TLS_AES_128_GCM_SHA256;TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, ''",
        "TLSv1.3;TLSv1.2, TLS_AES_128_GCM_SHA256                    , tlsCiphers names some of them",
        "TLSv1.3        , TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256      , has no cipher suite of tlsCiphers for TLSv1.3",
        "TLSv1.2        , TLS_DHE_RSA_WITH_AES_128_GCM_SHA256        , does not have the cipher suite TLS_DHE_RSA",
    })
    void byProtocolsAndSuites(String protocols, String suites, String obstacle) throws Exception {
        ProviderChoice choice = ProviderChoice.of(TlsProvider.AUTO, split(protocols), split(suites), Optional.empty());
        assertThat(choice.library().isPresent()).as(choice.reason()).isEqualTo(obstacle.isEmpty());
        assertThat(choice.toString()).contains(obstacle)
                .startsWith(obstacle.isEmpty() ? "BoringSSL (tlsProvider is auto" : "the JVM's (tlsProvider is auto, and");
        assertThat(ProviderChoice.of(TlsProvider.JDK, split(protocols), split(suites), Optional.empty()).library())
                .isEmpty();
        if (!obstacle.isEmpty()) {
            TlsConfigurationException fault = catchThrowableOfType(TlsConfigurationException.class,
                    () -> ProviderChoice.of(TlsProvider.OPENSSL, split(protocols), split(suites), Optional.empty()));
            assertThat(fault.property()).isIn("tlsProvider", "tlsCiphers");
        }
    }

    @Test
    void byWhatIsConfiguredBesides() throws Exception {
        Optional<String> objection = Optional.of("can't use the key of CN=mail");
        assertThat(ProviderChoice.of(TlsProvider.AUTO, TlsParameters.PROTOCOLS, List.of(), objection).toString())
                .isEqualTo("the JVM's (tlsProvider is auto, and BoringSSL can't use the key of CN=mail)");
        assertThat(catchThrowableOfType(TlsConfigurationException.class,
                () -> ProviderChoice.of(TlsProvider.OPENSSL, TlsParameters.PROTOCOLS, List.of(), objection)))
                .hasMessage("tlsProvider 'openssl': BoringSSL can't use the key of CN=mail; allowed: auto, jdk");
    }

    private static List<String> split(String list) {
        return Arrays.stream(list.split(";")).filter(part -> !part.isEmpty()).toList();
    }
}
