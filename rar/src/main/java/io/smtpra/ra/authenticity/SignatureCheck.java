package io.smtpra.ra.authenticity;

import io.smtpra.MailContent;
import io.smtpra.authenticity.DkimVerdict;
import io.smtpra.authenticity.DnsLookup;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Checks the signatures of a mail. */
public interface SignatureCheck {

    /**
     * Checks all signatures, reading the content once. Called on a thread that may block, for as long as the content is
     * read: it does not wait for answers of the DNS, which may take seconds that other mails need this thread for.
     *
     * @param content the mail as it came, without headers of this server; not read any more once this method has
     *     returned
     * @param dns answers where the keys are, within the time that the mail has left: a question that is not answered by
     *     then is answered as failed, which is {@code TEMPERROR}
     * @return a verdict of each signature, in the order of the mail, of so many at most as the check looks at; empty if
     *     there is none. Completed on any thread, never exceptionally
     * @throws IOException if the content cannot be read
     */
    CompletableFuture<List<DkimVerdict>> check(MailContent content, DnsLookup dns) throws IOException;
}
