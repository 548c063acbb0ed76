package io.smtpra.ra.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** First the name is asked for, then the password; how the server words it does not matter. */
public final class LoginMechanism implements ClientMechanism {

    private final AuthCredentials.UserPassword credentials;
    private int asked;

    /** An exchange by these. */
    public LoginMechanism(AuthCredentials.UserPassword credentials) {
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
