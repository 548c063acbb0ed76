package io.smtpra.ra.inbound.smtp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.ra.inbound.smtp.auth.SaslExchange.Step;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SCRAM and tokens, message by message; the session has no part in them. */
public class SaslExchangesTest {

    private static final byte[] SALT = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    private static final int ITERATIONS = 4_096;
    public static final String CLIENT_NONCE = "rOprNGfwEbeRWgbNEkqO";

    @Test
    void scramTakesAProofAndGivesOne() throws Exception {
        ScramExchange exchange = new ScramExchange();
        String first = challenge(lookedUp(exchange, "n,,", "alice"));
        assertThat(first).startsWith("r=" + CLIENT_NONCE).endsWith(",s=AQIDBAUGBwgJCgsM,i=4096");

        String last = clientFinal("n,,", "alice", first, "pencil");
        String signature = challenge(exchange.answer(octets(last), null));
        assertThat(signature).isEqualTo("v=" + serverSignature("alice", first, last, "pencil"));

        assertThat(exchange.answer(new byte[0], null))
                .isEqualTo(new Step.Complete(new ClientCredentials.Proven("alice")));
    }

    @Test
    void scramRefusesAWrongPassword() throws Exception {
        ScramExchange exchange = new ScramExchange();
        String first = challenge(lookedUp(exchange, "n,,", "alice"));
        assertThat(exchange.answer(octets(clientFinal("n,,", "alice", first, "pencils")), null))
                .isEqualTo(new Step.Refused(new ClientCredentials.Proven("alice")));
    }

    @Test
    void scramRefusesAProofForAnotherNonceOrHeader() throws Exception {
        ScramExchange exchange = new ScramExchange();
        String first = challenge(lookedUp(exchange, "y,,", "alice"));
        String good = clientFinal("y,,", "alice", first, "pencil");
        assertThat(exchange.answer(octets(good.replace("c=eSws", "c=biws")), null)).isInstanceOf(Step.Malformed.class);
        assertThat(exchange.answer(octets(good.replace(CLIENT_NONCE, "another")), null))
                .isInstanceOf(Step.Malformed.class);
        assertThat(exchange.answer(octets(good), null)).isInstanceOf(Step.Challenge.class);
        assertThat(exchange.answer(octets("more"), null)).isInstanceOf(Step.Malformed.class);
    }

    @Test
    void scramKnowsWrittenNamesAndNobodyActsAsAnother() {
        assertThat(new ScramExchange().answer(octets("n,a=a=2Cb=3Dc,n=a=2Cb=3Dc,r=" + CLIENT_NONCE), null))
                .isInstanceOfSatisfying(Step.Lookup.class,
                        lookup -> assertThat(lookup.user()).isEqualTo(new ClientCredentials.Proven("a,b=c")));
        assertThat(new ScramExchange().answer(octets("n,a=bob,n=alice,r=" + CLIENT_NONCE), null))
                .isEqualTo(new Step.Refused(new ClientCredentials.Proven("alice")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n,,n=alice", "n,,r=x", "p=tls-unique,,n=alice,r=12345678", "n,,n=a=b,r=12345678",
        "n,,n=,r=12345678", "n,,n=alice,r=1234567", "n,,m=ext,n=alice,r=12345678", "n,,n=al\u0000ice,r=12345678"})
    void scramRefusesWhatMakesNoSense(String message) {
        assertThat(new ScramExchange().answer(octets(message), null)).isInstanceOf(Step.Malformed.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            n,a=alice@example.com,^host=server.example.com^port=587^auth=Bearer vF9.dft_4-qmTc2~/+==^^ | alice@example.com
            n,,^auth=Bearer vF9.dft_4-qmTc2~/+==^^                                                    |
            y,,^auth=bearer vF9.dft_4-qmTc2~/+==^port=1^^                                             |
            """)
    void bearerTokensAreFound(String message, String user) {
        assertThat(new BearerExchange().answer(octets(message.replace('^', '\u0001')), null)).isEqualTo(
                new Step.Complete(new ClientCredentials.Token(Optional.ofNullable(user), "vF9.dft_4-qmTc2~/+==")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n,,^^", "n,,^auth=Basic YTpi^^", "n,,auth=Bearer x%x01", "p=x,,^auth=Bearer x^^",
        "n,a=a=b,^auth=Bearer x^^", "n,,^auth=Bearer x y^^", "n,,^auth=Bearer x^"})
    void bearerRefusesWhatMakesNoSense(String message) {
        assertThat(new BearerExchange().answer(octets(message.replace('^', '\u0001')), null))
                .isInstanceOf(Step.Malformed.class);
    }

    @Test
    void theOlderFormNamesTheUser() {
        assertThat(new XOAuth2Exchange().answer(octets("user=alice@example.com\u0001auth=Bearer t\u0001\u0001"), null))
                .isEqualTo(new Step.Complete(new ClientCredentials.Token(Optional.of("alice@example.com"), "t")));
        assertThat(new XOAuth2Exchange().answer(octets("auth=Bearer t\u0001\u0001"), null))
                .isInstanceOf(Step.Malformed.class);
    }

    @Test
    void secretsAreNotShown() throws Exception {
        assertThat(new ClientCredentials.Token(Optional.of("alice"), "secret")).hasToString("Token[alice]");
        assertThat(secret("pencil")).hasToString("ScramSecret[4096 iterations]");
    }

    private static Step lookedUp(ScramExchange exchange, String header, String user) throws Exception {
        Step step = exchange.begin(Optional.of(octets(header + "n=" + user + ",r=" + CLIENT_NONCE)), null);
        assertThat(step).isInstanceOf(Step.Lookup.class);
        return ((Step.Lookup) step).then().apply(secret("pencil"));
    }

    private static String challenge(Step step) {
        assertThat(step).isInstanceOf(Step.Challenge.class);
        return ((Step.Challenge) step).text();
    }

    public static ScramSecret secret(String password) throws GeneralSecurityException {
        byte[] salted = salted(password);
        return new ScramSecret(SALT, ITERATIONS, sha256(hmac(salted, "Client Key")), hmac(salted, "Server Key"));
    }

    public static String clientFinal(String header, String user, String serverFirst, String password)
            throws GeneralSecurityException {
        String nonce = serverFirst.substring(2, serverFirst.indexOf(','));
        String withoutProof = "c=" + base64(octets(header)) + ",r=" + nonce;
        byte[] key = hmac(salted(password), "Client Key");
        byte[] proof = hmac(sha256(key), exchanged(user, serverFirst, withoutProof));
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= key[i];
        }
        return withoutProof + ",p=" + base64(proof);
    }

    private static String serverSignature(String user, String serverFirst, String clientFinal, String password)
            throws GeneralSecurityException {
        String withoutProof = clientFinal.substring(0, clientFinal.indexOf(",p="));
        return base64(hmac(hmac(salted(password), "Server Key"), exchanged(user, serverFirst, withoutProof)));
    }

    private static String exchanged(String user, String serverFirst, String withoutProof) {
        return "n=" + user + ",r=" + CLIENT_NONCE + "," + serverFirst + "," + withoutProof;
    }

    private static byte[] salted(String password) throws GeneralSecurityException {
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(password.toCharArray(), SALT, ITERATIONS, 256)).getEncoded();
    }

    private static byte[] sha256(byte[] octets) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(octets);
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(octets(text));
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
