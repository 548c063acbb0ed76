package io.smtpra.ra.outbound;

import io.smtpra.SmtpException;
import io.smtpra.ra.client.SendResult;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** Sends mails, fills their receipts, writes the log, and frees what they held. */
final class Dispatch {

    private final NextHopSession session;
    private final SendLog log;

    Dispatch(NextHopSession session, SendLog log) {
        this.session = session;
        this.log = log;
    }

    /** Sends one mail. */
    void send(Mail mail) throws SmtpException {
        long start = System.nanoTime();
        try (mail) {
            SendResult result = session.send(mail.envelope(), mail.content());
            mail.receipt().sent(result);
            log.sent(mail.receipt().id(), mail.envelope(), result);
        } catch (SmtpException e) {
            mail.receipt().failed(e);
            log.failed(mail.receipt().id(), mail.envelope(), System.nanoTime() - start, e);
            throw e;
        }
    }

    /**
     * Sends the mails of one transaction, in order, until one fails. Those before it are out, which SMTP cannot undo;
     * those behind it are not sent.
     */
    void sendAll(List<Mail> mails) throws SmtpException {
        Deque<Mail> waiting = new ArrayDeque<>(mails);
        try {
            while (!waiting.isEmpty()) {
                send(waiting.remove());
            }
        } catch (SmtpException e) {
            mails.stream()
                    .map(Mail::receipt)
                    .filter(receipt -> receipt.state() == Receipt.State.SENT)
                    .forEach(receipt -> log.outInSpite(receipt.id()));
            throw e;
        } finally {
            discard(waiting);
        }
    }

    /** The transaction was rolled back: nothing is sent. */
    void discard(Collection<Mail> mails) {
        for (Mail mail : mails) {
            mail.receipt().rolledBack();
            mail.close();
        }
    }
}
