package io.smtpra.ra.sasl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** SCRAM-SHA-256 (RFC 5802, RFC 7677): the password stays here, and the server proves that it knows it too. */
public final class ScramMechanism implements ClientMechanism {

    /** RFC 7677 section 4: at least this many. */
    private static final int MIN_ITERATIONS = 4_096;

    /** More would be an attack on our time. */
    private static final int MAX_ITERATIONS = 1_000_000;

    private enum Step { FIRST, FINAL, DONE }

    private final String password;
    private final String gs2Header;
    private final byte[] channelBinding;
    private final String clientNonce;
    private final String firstBare;
    private Step step = Step.FIRST;
    private byte[] serverSignature = {};

    /**
     * An exchange.
     *
     * @param credentials name and password
     * @param gs2Header {@code n,,} without channel binding, {@code y,,} if the server does not know it but we do,
     *     {@code p=…,,} with it
     * @param channelBinding what identifies the channel, empty without
     */
    public ScramMechanism(AuthCredentials.UserPassword credentials, String gs2Header, byte[] channelBinding) {
        this(credentials, gs2Header, channelBinding, ScramKeys.nonce());
    }

    ScramMechanism(
            AuthCredentials.UserPassword credentials, String gs2Header, byte[] channelBinding, String clientNonce) {
        this.password = credentials.password();
        this.gs2Header = gs2Header;
        this.channelBinding = channelBinding;
        this.clientNonce = clientNonce;
        String user = SaslText.written(SaslText.prepared(credentials.userName()));
        this.firstBare = "n=" + user + ",r=" + clientNonce;
    }

    @Override
    public Optional<byte[]> initialResponse() {
        return Optional.of(SaslText.octets(gs2Header + firstBare));
    }

    @Override
    public byte[] respond(byte[] challenge) throws SaslException {
        if (challenge.length == 0 && step == Step.FIRST) {
            return SaslText.octets(gs2Header + firstBare);
        }
        Map<Character, String> fields = fields(new String(challenge, StandardCharsets.UTF_8));
        if (step == Step.FIRST) {
            step = Step.FINAL;
            return proof(fields, new String(challenge, StandardCharsets.UTF_8));
        }
        if (step == Step.FINAL) {
            checkSignature(fields);
            step = Step.DONE;
            return new byte[0];
        }
        throw new SaslException("it goes on after the end of SCRAM");
    }

    @Override
    public void succeeded() throws SaslException {
        if (step != Step.DONE) {
            throw new SaslException("it has not proved that it knows the password");
        }
    }

    private byte[] proof(Map<Character, String> fields, String serverFirst) throws SaslException {
        String nonce = fields.getOrDefault('r', "");
        if (!nonce.startsWith(clientNonce) || nonce.length() == clientNonce.length()) {
            throw new SaslException("its nonce does not continue ours");
        }
        int iterations = iterations(fields.getOrDefault('i', ""));
        byte[] salt = decode(fields.getOrDefault('s', ""));
        byte[] header = SaslText.octets(gs2Header);
        byte[] binding = new byte[header.length + channelBinding.length];
        System.arraycopy(header, 0, binding, 0, header.length);
        System.arraycopy(channelBinding, 0, binding, header.length, channelBinding.length);
        String withoutProof = "c=" + SaslText.encode(binding) + ",r=" + nonce;
        byte[] authMessage = SaslText.octets(firstBare + "," + serverFirst + "," + withoutProof);
        byte[] salted = ScramKeys.salted(password, salt, iterations);
        byte[] clientKey = ScramKeys.hmac(salted, SaslText.octets("Client Key"));
        byte[] proof = ScramKeys.hmac(ScramKeys.hash(clientKey), authMessage);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        serverSignature = ScramKeys.hmac(ScramKeys.hmac(salted, SaslText.octets("Server Key")), authMessage);
        return SaslText.octets(withoutProof + ",p=" + SaslText.encode(proof));
    }

    private void checkSignature(Map<Character, String> fields) throws SaslException {
        if (!fields.containsKey('e')
                && !MessageDigest.isEqual(serverSignature, decode(fields.getOrDefault('v', "")))) {
            throw new SaslException("it does not know the password");
        }
        if (fields.containsKey('e')) {
            throw new SaslException("it says " + fields.get('e'));
        }
    }

    private static int iterations(String text) throws SaslException {
        int iterations = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
        if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
            throw new SaslException("its iteration count is not " + MIN_ITERATIONS + " to " + MAX_ITERATIONS);
        }
        return iterations;
    }

    private static Map<Character, String> fields(String message) throws SaslException {
        Map<Character, String> fields = new HashMap<>();
        for (String field : message.split(",")) {
            if (field.length() < 2 || field.charAt(1) != '=') {
                throw new SaslException("its message is not one of SCRAM");
            }
            fields.put(field.charAt(0), field.substring(2));
        }
        if (fields.containsKey('m')) {
            // RFC 5802 section 5.1: an extension that must be understood.
            throw new SaslException("it demands an extension of SCRAM");
        }
        return fields;
    }

    private static byte[] decode(String base64) throws SaslException {
        return SaslText.decode(base64).filter(octets -> octets.length > 0)
                .orElseThrow(() -> new SaslException("its message is not one of SCRAM"));
    }
}
