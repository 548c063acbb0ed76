package io.smtpra.ra.inbound.smtp.auth;

import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import io.smtpra.ra.sasl.SaslText;
import java.util.Optional;

/** {@code PLAIN} (RFC 4616): authorization identity, NUL, user name, NUL, password. */
final class PlainExchange implements SaslExchange {

    @Override
    public Step answer(byte[] response, SmtpSession session) {
        String[] parts = SaslText.typed(response).split("\0", -1);
        if (parts.length != 3 || !SaslText.isName(parts[1]) || parts[2].isEmpty()) {
            return new Step.Malformed();
        }
        Optional<String> authorizationId = Optional.of(parts[0]).filter(id -> !id.isEmpty());
        if (authorizationId.filter(id -> !SaslText.isName(id)).isPresent()) {
            return new Step.Malformed();
        }
        return new Step.Complete(new ClientCredentials.Password(authorizationId, parts[1], parts[2]));
    }
}
