package io.smtpra.ra.outbound.client;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** RFC 4422 appendix A: the TLS connection has proved who we are. */
final class ExternalMechanism implements SaslMechanism {

    private final byte[] authorizationId;

    ExternalMechanism(Credentials.ClientCertificate credentials) {
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
