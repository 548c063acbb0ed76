package io.smtpra.ra.inbound.smtp.content;

import java.util.concurrent.CompletionStage;

/** Where received mail goes. */
public interface MailSink {

    /**
     * Delivers a mail. Called by an event loop: it must not block.
     *
     * @param mail the mail; the sink closes its content in every case
     * @return its fate, completed on any thread; it never fails (a failure is an outcome) and is always completed
     *     within the sink's own time limit
     */
    CompletionStage<DeliveryOutcome> deliver(ReceivedMail mail);
}
