package io.smtpra.ra.inbound.smtp.auth;

import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import io.smtpra.ra.sasl.SaslText;
import java.util.Optional;

/** {@code LOGIN}: user name, then password, each on demand. */
final class LoginExchange implements SaslExchange {

    private Optional<String> user = Optional.empty();

    @Override
    public String firstChallenge() {
        return "Username:";
    }

    @Override
    public Step answer(byte[] response, SmtpSession session) {
        String text = SaslText.typed(response);
        if (text.isEmpty()) {
            return new Step.Malformed();
        }
        if (user.isPresent()) {
            return new Step.Complete(new ClientCredentials.Password(Optional.empty(), user.get(), text));
        }
        user = Optional.of(text).filter(SaslText::isName);
        return user.isPresent() ? new Step.Challenge("Password:") : new Step.Malformed();
    }
}
