package io.smtpra.ra.outbound.client;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** By what we authenticate. What is secret never stands in a {@code toString()}. */
public sealed interface Credentials {

    /**
     * Name and password, for SCRAM-SHA-256, PLAIN and LOGIN.
     *
     * @param userName the user
     * @param password the password
     */
    record UserPassword(String userName, String password) implements Credentials {

        /**
         * Refuses what cannot be sent.
         *
         * @throws IllegalArgumentException if one is empty or has a control character
         */
        public UserPassword {
            Objects.requireNonNull(userName, "userName");
            Objects.requireNonNull(password, "password");
            Arguments.requireText("The user name", userName);
            Arguments.requireText("The password", password);
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
    record ClientCertificate(Optional<String> authorizationId) implements Credentials {

        /**
         * Refuses what cannot be sent.
         *
         * @throws IllegalArgumentException if the id is empty or has a control character
         */
        public ClientCertificate {
            authorizationId.ifPresent(id -> Arguments.requireText("The authorization id", id));
        }
    }

    /**
     * An OAuth 2.0 bearer token, for OAUTHBEARER and XOAUTH2.
     *
     * @param userName the user
     * @param supplier asked for a token that is valid now, at each authentication
     */
    record Token(String userName, Supplier<String> supplier) implements Credentials {

        /**
         * Refuses what cannot be sent.
         *
         * @throws IllegalArgumentException if the user name is empty or has a control character
         */
        public Token {
            Objects.requireNonNull(supplier, "supplier");
            Arguments.requireText("The user name", userName);
        }

        @Override
        public String toString() {
            return "Token[" + userName + "]";
        }
    }
}
