package io.smtpra.ra.client.transfer;

import io.smtpra.SmtpException;

/** Takes octets of content on their way out. */
public interface ContentSink {

    /**
     * Takes some.
     *
     * @param octets where they are, and stay no longer than this call
     * @param offset of the first
     * @param count how many
     * @throws SmtpException if they cannot be sent
     */
    void put(byte[] octets, int offset, int count) throws SmtpException;
}
