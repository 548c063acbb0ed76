package io.smtpra.ra.outbound.settings;

import io.smtpra.ra.sasl.AuthCredentials;
import java.util.function.Supplier;

/** What a user name and a password, as somebody names them, are in SASL. */
public final class PasswordSignOn {

    private PasswordSignOn() {}

    /** A password, or a token in its place. */
    public static AuthCredentials credentials(String userName, String password, boolean token) {
        return token
                ? new AuthCredentials.Token(userName, new Token(password))
                : new AuthCredentials.UserPassword(userName, password);
    }

    /** A token that was handed to us: equal to another of the same text, so that its connections match. */
    record Token(String text) implements Supplier<String> {

        @Override
        public String get() {
            return text;
        }

        @Override
        public String toString() {
            return "(secret)";
        }
    }
}
