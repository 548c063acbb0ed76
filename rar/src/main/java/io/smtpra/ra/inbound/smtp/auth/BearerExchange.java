package io.smtpra.ra.inbound.smtp.auth;

import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import io.smtpra.ra.sasl.SaslText;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code OAUTHBEARER} (RFC 7628): a token that somebody else has issued. */
final class BearerExchange implements SaslExchange {

    /** RFC 7628 section 3.1: gs2-header, then keys and values, among which there is auth. */
    private static final Pattern MESSAGE = Pattern.compile(
            "(?:n|y),(?:a=([^,]+))?,\\x01(?:[A-Za-z]+=[^\\x01]*\\x01){0,20}?auth=[Bb]earer +([-A-Za-z0-9._~+/]+=*)\\x01"
                    + "(?:[A-Za-z]+=[^\\x01]*\\x01){0,20}\\x01");

    @Override
    public Step answer(byte[] response, SmtpSession session) {
        Matcher message = MESSAGE.matcher(SaslText.text(response).orElse(""));
        if (!message.matches()) {
            return new Step.Malformed();
        }
        Optional<String> asWhom = Optional.ofNullable(message.group(1));
        if (asWhom.isPresent() && asWhom.flatMap(SaslText::name).isEmpty()) {
            return new Step.Malformed();
        }
        return new Step.Complete(new ClientCredentials.Token(asWhom.flatMap(SaslText::name), message.group(2)));
    }

    /** RFC 7628 section 3.2.2. */
    @Override
    public Optional<String> refusal() {
        return Optional.of("{\"status\":\"invalid_token\"}");
    }
}
