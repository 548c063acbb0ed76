package io.smtpra.ra.outbound.client;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** First the name is asked for, then the password; how the server words it does not matter. */
final class LoginMechanism implements SaslMechanism {

    private final Credentials.UserPassword credentials;
    private int asked;

    LoginMechanism(Credentials.UserPassword credentials) {
        this.credentials = credentials;
    }

    @Override
    public Optional<byte[]> initialResponse() {
        return Optional.empty();
    }

    @Override
    public byte[] respond(byte[] challenge) throws SaslException {
        return switch (++asked) {
            case 1 -> credentials.userName().getBytes(StandardCharsets.UTF_8);
            case 2 -> credentials.password().getBytes(StandardCharsets.UTF_8);
            default -> throw new SaslException("it asks for more than name and password");
        };
    }
}
