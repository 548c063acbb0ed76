package io.smtpra.ra.outbound.relay;

import io.smtpra.event.MailLogKeys;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * By which ids a sending is found, from whichever end one looks.
 *
 * @param id of the sending
 * @param messageId of the mail, fit for a line of the log
 * @param receivedMail the mail in whose delivery it is sent
 * @param queuedMail the mail of the queue that it is
 */
record SendTrail(String id, Optional<String> messageId, Optional<String> receivedMail, Optional<String> queuedMail) {

    /** Of the mail that the calling thread is at work for, as the log's context knows it. */
    static SendTrail here(String id, Optional<String> messageId) {
        return new SendTrail(id, messageId, Optional.ofNullable(MDC.get(MailLogKeys.MAIL)),
                Optional.ofNullable(MDC.get(MailLogKeys.QUEUED)));
    }

    /** At the end of a line of the log. */
    String text() {
        StringBuilder text = new StringBuilder();
        messageId.ifPresent(value -> text.append(" message-id=").append(value));
        receivedMail.ifPresent(value -> text.append(" mail=").append(value));
        queuedMail.ifPresent(value -> text.append(" queued=").append(value));
        return text.toString();
    }
}
