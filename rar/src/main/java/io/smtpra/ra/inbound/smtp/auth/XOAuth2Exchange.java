package io.smtpra.ra.inbound.smtp.auth;

import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import io.smtpra.ra.sasl.SaslText;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code XOAUTH2}: what there was before {@code OAUTHBEARER}, never standardised, widely used. */
final class XOAuth2Exchange implements SaslExchange {

    private static final Pattern MESSAGE =
            Pattern.compile("user=([^\\x01]+)\\x01auth=[Bb]earer +([-A-Za-z0-9._~+/]+=*)\\x01\\x01");

    @Override
    public Step answer(byte[] response, SmtpSession session) {
        Matcher message = MESSAGE.matcher(SaslText.text(response).orElse(""));
        return message.matches() && SaslText.isName(message.group(1))
                ? new Step.Complete(new ClientCredentials.Token(Optional.of(message.group(1)), message.group(2)))
                : new Step.Malformed();
    }

    @Override
    public Optional<String> refusal() {
        return Optional.of("{\"status\":\"401\",\"schemes\":\"bearer\"}");
    }
}
