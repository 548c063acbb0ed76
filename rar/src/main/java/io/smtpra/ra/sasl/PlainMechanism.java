package io.smtpra.ra.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** RFC 4616: both in one line. */
public final class PlainMechanism implements ClientMechanism {

    private final AuthCredentials.UserPassword credentials;

    /** An exchange by these. */
    public PlainMechanism(AuthCredentials.UserPassword credentials) {
        this.credentials = credentials;
    }

    @Override
    public Optional<byte[]> initialResponse() {
        return Optional.of(response());
    }

    @Override
    public byte[] respond(byte[] challenge) {
        return response();
    }

    private byte[] response() {
        String response = "\0" + credentials.userName() + "\0" + credentials.password();
        return response.getBytes(StandardCharsets.UTF_8);
    }
}
