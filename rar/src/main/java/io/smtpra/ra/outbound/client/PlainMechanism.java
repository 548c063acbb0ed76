package io.smtpra.ra.outbound.client;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** RFC 4616: both in one line. */
final class PlainMechanism implements SaslMechanism {

    private final Credentials.UserPassword credentials;

    PlainMechanism(Credentials.UserPassword credentials) {
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
