package io.smtpra.ra.inbound.smtp.auth;

import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.Optional;
import java.util.function.Function;

/** The server's side of one exchange of one mechanism. It does not judge who the client is: a port does. */
interface SaslExchange {

    /** What comes next. */
    sealed interface Step {

        /** Something to be answered; empty for mechanisms in which the client begins. */
        record Challenge(String text) implements Step {}

        /** All that is to be checked. */
        record Complete(ClientCredentials credentials) implements Step {}

        /**
         * What the server keeps of a user's password is needed to go on.
         *
         * @param user of whom
         * @param then what comes next with it
         */
        record Lookup(ClientCredentials.Proven user, Function<ScramSecret, Step> then) implements Step {}

        /** The client is not who it says it is: no port need be asked. */
        record Refused(ClientCredentials credentials) implements Step {}

        /** What the client said makes no sense. */
        record Malformed() implements Step {}
    }

    /** Begins, with an initial response if the client sent one (RFC 4954 section 4). */
    default Step begin(Optional<byte[]> initial, SmtpSession session) {
        return initial.map(octets -> answer(octets, session)).orElseGet(() -> new Step.Challenge(firstChallenge()));
    }

    /** What a client hears that has sent no initial response; nothing, where it is the client's to begin. */
    default String firstChallenge() {
        return "";
    }

    /** What the client hears before it is refused, and answers with anything; absent: it is refused at once. */
    default Optional<String> refusal() {
        return Optional.empty();
    }

    /** Goes on with the answer to a challenge. */
    Step answer(byte[] response, SmtpSession session);
}
