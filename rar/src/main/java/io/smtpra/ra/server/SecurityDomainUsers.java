package io.smtpra.ra.server;

import java.io.IOException;
import java.security.Principal;
import java.util.Optional;

/** What a security domain of the server knows of its users beyond passwords that are shown to it. It may block. */
public interface SecurityDomainUsers {

    /**
     * A user that the domain knows and lets in.
     *
     * @param principal who
     * @param credential what the server has made of the user, roles and all, to run work as
     */
    record User(Principal principal, Object credential) {}

    /**
     * A password as SCRAM-SHA-256 needs it.
     *
     * @param salt that it was salted with
     * @param iterations how often it was hashed
     * @param salted what came of it
     */
    record SaltedPassword(byte[] salt, int iterations, byte[] salted) {

        @Override
        public String toString() {
            return "SaltedPassword[" + iterations + " iterations]";
        }
    }

    /** Whether passwords of users can be had as SCRAM-SHA-256 needs them. */
    boolean canSalt();

    /** Whether tokens can be checked. */
    boolean canCheckTokens();

    /**
     * A user's password; for a user who is not there, or has none, one that nobody knows.
     *
     * @throws IOException if the domain can't tell for now
     */
    SaltedPassword salted(String user) throws IOException;

    /**
     * Lets a user in who has proved to know the password.
     *
     * @return absent if the user is not there, or may not log in
     * @throws IOException if the domain can't tell for now
     */
    Optional<User> proven(String user) throws IOException;

    /**
     * Lets the user of a token in.
     *
     * @return absent if the token is not good, or its user may not log in
     * @throws IOException if the domain can't tell for now
     */
    Optional<User> bearer(String token) throws IOException;
}
