package io.smtpra.ra.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** OAUTHBEARER (RFC 7628) and its forerunner XOAUTH2, which differ in form alone. */
public final class BearerMechanism implements ClientMechanism {

    private final byte[] response;
    private final byte[] afterError;

    private BearerMechanism(String response, String afterError) {
        this.response = response.getBytes(StandardCharsets.UTF_8);
        this.afterError = afterError.getBytes(StandardCharsets.US_ASCII);
    }

    /** OAUTHBEARER, which names the server that the token is shown to. */
    public static BearerMechanism oauthBearer(AuthCredentials.Token credentials, String host, int port)
            throws SaslException {
        // RFC 5801 section 4: comma and equals sign are escaped in an authorization id.
        String user = SaslText.written(credentials.userName());
        return new BearerMechanism("n,a=" + user + ",\1host=" + host + "\1port=" + port + "\1auth=Bearer "
                + token(credentials) + "\1\1", "\1");
    }

    /** XOAUTH2. */
    public static BearerMechanism xoauth2(AuthCredentials.Token credentials) throws SaslException {
        return new BearerMechanism(
                "user=" + credentials.userName() + "\1auth=Bearer " + token(credentials) + "\1\1", "");
    }

    @Override
    public Optional<byte[]> initialResponse() {
        return Optional.of(response);
    }

    /**
     * An empty challenge asks for the response; any other tells an error, which is answered so that it can be ended.
     */
    @Override
    public byte[] respond(byte[] challenge) {
        return challenge.length == 0 ? response : afterError;
    }

    private static String token(AuthCredentials.Token credentials) throws SaslException {
        String token;
        try {
            token = credentials.supplier().get();
        } catch (RuntimeException e) {
            throw SaslException.passing("the supplier of tokens failed: " + e.getMessage(), e);
        }
        // RFC 6750 section 2.1: visible ASCII.
        if (token == null || token.isEmpty() || !token.chars().allMatch(c -> c > 32 && c < 127)) {
            throw new SaslException("the supplier of tokens gave none that can be sent");
        }
        return token;
    }
}
