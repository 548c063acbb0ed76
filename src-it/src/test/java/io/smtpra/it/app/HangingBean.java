package io.smtpra.it.app;

import io.smtpra.DirectoryAnswer;
import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import io.smtpra.Mailbox;
import io.smtpra.Peer;
import io.smtpra.Recipient;
import io.smtpra.RecipientAnswer;
import jakarta.ejb.MessageDriven;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Does not answer a question about a recipient until the file of the system property {@code it.hanging} is there. */
@MessageDriven
public class HangingBean implements MailListener {

    private static final long BOUND_SECONDS = 120;

    @Override
    public void onMail(InboundMail mail) {
        // nothing is to be done with it
    }

    @Override
    public RecipientAnswer onRecipient(Recipient recipient, Optional<Mailbox> reversePath, Peer peer)
            throws InterruptedException {
        hang();
        return RecipientAnswer.accepted();
    }

    @Override
    public DirectoryAnswer onVerify(String query, Peer peer) throws InterruptedException {
        hang();
        return DirectoryAnswer.unknown();
    }

    private static void hang() throws InterruptedException {
        Path go = Path.of(System.getProperty("it.hanging"));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
        while (!Files.exists(go) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
