package io.smtpra.ra.sasl;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** By what we authenticate. What is secret never stands in a {@code toString()}. */
public sealed interface AuthCredentials {

    /**
     * Name and password, for SCRAM-SHA-256, PLAIN and LOGIN.
     *
     * @param userName the user
     * @param password the password
     */
    record UserPassword(String userName, String password) implements AuthCredentials {

        /**
         * Refuses what cannot be sent.
         *
         * @throws IllegalArgumentException if one is empty or has a control character
         */
        public UserPassword {
            Objects.requireNonNull(userName, "userName");
            Objects.requireNonNull(password, "password");
            requireText("The user name", userName);
            requireText("The password", password);
        }

        @Override
        public String toString() {
            return "UserPassword[" + userName + "]";
        }
    }

    /**
     * The client certificate of the TLS connection, for EXTERNAL.
     *
     * @param authorizationId whom to act for; absent: whom the certificate names
     */
    record ClientCertificate(Optional<String> authorizationId) implements AuthCredentials {

        /**
         * Refuses what cannot be sent.
         *
         * @throws IllegalArgumentException if the id is empty or has a control character
         */
        public ClientCertificate {
            authorizationId.ifPresent(id -> requireText("The authorization id", id));
        }
    }

    /**
     * An OAuth 2.0 bearer token, for OAUTHBEARER and XOAUTH2.
     *
     * @param userName the user
     * @param supplier asked for a token that is valid now, at each authentication
     */
    record Token(String userName, Supplier<String> supplier) implements AuthCredentials {

        /**
         * Refuses what cannot be sent.
         *
         * @throws IllegalArgumentException if the user name is empty or has a control character
         */
        public Token {
            Objects.requireNonNull(supplier, "supplier");
            requireText("The user name", userName);
        }

        @Override
        public String toString() {
            return "Token[" + userName + "]";
        }
    }

    private static void requireText(String what, String value) {
        if (value.isEmpty() || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " is not empty and has no control characters");
        }
    }
}
