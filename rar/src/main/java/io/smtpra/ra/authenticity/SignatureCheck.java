package io.smtpra.ra.authenticity;

import io.smtpra.MailContent;
import io.smtpra.authenticity.DkimVerdict;
import io.smtpra.authenticity.DnsLookup;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Checks the signatures of a mail. */
public interface SignatureCheck {

    /**
     * Checks all signatures, reading the content once. Called on a thread that may block.
     *
     * @param content the mail as it came, with or without headers of this server on top
     * @param dns answers where the keys are; its answers may come later than the time allows
     * @param time how long it may take: what is not known by then is {@code TEMPERROR}
     * @return a verdict of each signature, in the order of the mail, of so many at most as the check looks at; empty if
     *     there is none
     * @throws IOException if the content cannot be read
     */
    List<DkimVerdict> check(MailContent content, DnsLookup dns, Duration time) throws IOException;
}
