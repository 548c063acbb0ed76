package io.smtpra.ra.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** RFC 4422 appendix A: the TLS connection has proved who we are. */
public final class ExternalMechanism implements ClientMechanism {

    private final byte[] authorizationId;

    /** An exchange by these. */
    public ExternalMechanism(AuthCredentials.ClientCertificate credentials) {
        authorizationId = credentials.authorizationId().orElse("").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<byte[]> initialResponse() {
        return Optional.of(authorizationId);
    }

    @Override
    public byte[] respond(byte[] challenge) {
        return authorizationId;
    }
}
