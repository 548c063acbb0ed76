package io.smtpra.ra.outbound;

import io.smtpra.Envelope;
import io.smtpra.MailContent;
import io.smtpra.SendReceipt;
import io.smtpra.SmtpConnection;
import io.smtpra.SmtpException;
import io.smtpra.ra.outbound.relay.Dispatch;
import io.smtpra.ra.outbound.settings.SendAt;
import io.smtpra.ra.outbound.transaction.JoinedTransactions;
import jakarta.mail.internet.MimeMessage;
import java.util.Optional;

/**
 * What an application holds where mails join the server's transactions by themselves. There is nothing behind it: what
 * is sent outside a transaction takes a connection from the pool for just that, and what is sent inside waits for its
 * commit. So it may be kept for as long as anybody likes, across transactions and threads.
 */
final class LazyConnection implements SmtpConnection {

    private final SmtpRequestInfo user;
    private final JoinedTransactions transactions;
    private final boolean atCommit;
    private final Dispatch dispatch;
    private final MailIntake intake;
    private volatile boolean closed;

    LazyConnection(SmtpRequestInfo user, JoinedTransactions transactions, OutboundContext context, Dispatch dispatch) {
        this.user = user;
        this.transactions = transactions;
        this.atCommit = context.config().sendAt() == SendAt.COMMIT;
        this.dispatch = dispatch;
        this.intake = new MailIntake(context, dispatch);
    }

    @Override
    public SendReceipt send(MimeMessage message) throws SmtpException {
        return intake.take(message, transaction());
    }

    @Override
    public SendReceipt send(Envelope envelope, MimeMessage message) throws SmtpException {
        return intake.take(envelope, message, transaction());
    }

    @Override
    public SendReceipt send(Envelope envelope, MailContent content) throws SmtpException {
        return intake.take(envelope, content, transaction());
    }

    @Override
    public Envelope addressed(Envelope told) {
        return intake.addressed(told);
    }

    @Override
    public void close() {
        closed = true;
    }

    private MailIntake.Wait transaction() throws SmtpException {
        if (closed) {
            throw SmtpConnectionHandle.closed();
        }
        if (!atCommit) {
            return new MailIntake.Wait(Optional.empty(), transactions.limit());
        }
        return transactions.current(user, dispatch).map(MailIntake.Wait::until).orElseGet(MailIntake.Wait::nothing);
    }
}
