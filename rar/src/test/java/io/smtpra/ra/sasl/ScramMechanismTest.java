package io.smtpra.ra.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.ra.sasl.AuthCredentials.UserPassword;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SCRAM-SHA-256 with the example of RFC 7677 section 3. */
class ScramMechanismTest {

    private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";
    private static final String SERVER_NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String SERVER_FIRST =
            "r=" + NONCE + SERVER_NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
    private static final String SERVER_FINAL = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

    private final ScramMechanism scram =
            new ScramMechanism(new UserPassword("user", "pencil"), "n,,", new byte[0], NONCE);

    @Test
    void says_what_the_RFC_says() throws Exception {
        assertThat(text(scram.initialResponse().orElseThrow())).isEqualTo("n,,n=user,r=" + NONCE);
        assertThat(respond(SERVER_FIRST)).isEqualTo("c=biws,r=" + NONCE + SERVER_NONCE
                + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        assertThat(respond(SERVER_FINAL)).isEmpty();
        assertThatCode(scram::succeeded).doesNotThrowAnyException();
    }

    @Test
    void says_the_first_message_when_it_is_asked_for() throws Exception {
        assertThat(respond("")).isEqualTo("n,,n=user,r=" + NONCE);
        assertThat(respond(SERVER_FIRST)).startsWith("c=biws,");
    }

    @Test
    void binds_the_channel() throws Exception {
        ScramMechanism bound = new ScramMechanism(
                new UserPassword("user", "pencil"), "p=tls-server-end-point,,", new byte[] {1, 2, 3}, NONCE);
        // The header, then the three octets.
        assertThat(text(bound.respond(octets(SERVER_FIRST)))).startsWith("c=cD10bHMtc2VydmVyLWVuZC1wb2ludCwsAQID,");
    }

    @Test
    void escapes_and_prepares_the_user_name() {
        ScramMechanism prepared = new ScramMechanism(
                new UserPassword("a=b,c\u00adⅨ\u00a0d", "pencil"), "n,,", new byte[0], NONCE);
        assertThat(text(prepared.initialResponse().orElseThrow())).isEqualTo("n,,n=a=3Db=2CcIX d,r=" + NONCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4095",
        "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=100000000",
        "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=x",
        "r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=!!,i=4096",
        "m=x,r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "nonsense"})
    void refuses_a_server_that_would_weaken_it(String serverFirst) {
        assertThatThrownBy(() -> respond(serverFirst)).isInstanceOf(SaslException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v=AAAA", "v=", "e=other-error", "x=y"})
    void refuses_a_server_that_does_not_know_the_password(String serverFinal) throws Exception {
        respond(SERVER_FIRST);
        assertThatThrownBy(() -> respond(serverFinal)).isInstanceOf(SaslException.class);
        assertThatThrownBy(scram::succeeded).isInstanceOf(SaslException.class);
    }

    @Test
    void is_over_when_it_is_over() throws Exception {
        respond(SERVER_FIRST);
        assertThatThrownBy(scram::succeeded).isInstanceOf(SaslException.class);
        respond(SERVER_FINAL);
        assertThatThrownBy(() -> respond(SERVER_FINAL)).isInstanceOf(SaslException.class);
    }

    private String respond(String challenge) throws SaslException {
        return text(scram.respond(octets(challenge)));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }
}
