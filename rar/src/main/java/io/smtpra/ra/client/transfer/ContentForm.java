package io.smtpra.ra.client.transfer;

import io.smtpra.BodyType;
import io.smtpra.SmtpException;
import java.io.IOException;

/** A content as it will go to one next hop, and what that must know of it. */
public interface ContentForm {

    /**
     * How many octets will be sent, without those of dot-stuffing (RFC 1870 section 5).
     *
     * @return its length
     */
    long size();

    /**
     * What octets it has.
     *
     * @return its body type; {@link BodyType#BINARY_MIME} goes by BDAT alone
     */
    BodyType bodyType();

    /**
     * Whether its headers demand SMTPUTF8 (RFC 6531).
     *
     * @return true if so
     */
    boolean needsUtf8();

    /**
     * Does what takes time and must be done before the first octet goes; called once, before the envelope is handed over,
     * and not at all for a mail that is only rehearsed.
     *
     * @throws SmtpException if it cannot be done, of phase {@link SmtpException.Phase#PREPARE}
     */
    default void prepare() throws SmtpException {}

    /**
     * Passes it on. Every line is complete, unless it is binary.
     *
     * @param sink takes the octets
     * @param dotStuffing whether a dot at the beginning of a line is doubled (RFC 5321 section 4.5.2)
     * @throws IOException if the content cannot be read
     * @throws SmtpException as the sink throws it
     */
    void writeTo(ContentSink sink, boolean dotStuffing) throws IOException, SmtpException;
}
