package io.smtpra.ra.sasl;

import java.util.Optional;

/** The client's side of one SASL exchange (RFC 4422). */
public interface ClientMechanism {

    /** What may go with the AUTH command; absent if the server speaks first. */
    Optional<byte[]> initialResponse() throws SaslException;

    /** The answer to a challenge. */
    byte[] respond(byte[] challenge) throws SaslException;

    /** The server says that it is done: whether it has proved what it must prove. */
    default void succeeded() throws SaslException {}
}
