package io.smtpra.ra.outbound.client;

import io.smtpra.SmtpException;

/** Takes octets of content on their way out. */
interface ContentSink {

    void put(byte[] octets, int offset, int count) throws SmtpException;
}
