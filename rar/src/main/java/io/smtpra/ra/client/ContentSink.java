package io.smtpra.ra.client;

import io.smtpra.SmtpException;

/** Takes octets of content on their way out. */
interface ContentSink {

    void put(byte[] octets, int offset, int count) throws SmtpException;
}
