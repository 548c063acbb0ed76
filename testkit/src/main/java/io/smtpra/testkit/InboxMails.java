package io.smtpra.testkit;

import io.smtpra.InboundMail;
import io.smtpra.Reply;
import io.smtpra.mail.MailLimits;
import io.smtpra.ra.inbound.mail.DeliveredMail;
import io.smtpra.ra.inbound.mail.MailParser;
import io.smtpra.ra.inbound.smtp.content.DeliveryOutcome;
import io.smtpra.ra.inbound.smtp.content.MailSink;
import io.smtpra.ra.inbound.smtp.content.ReceivedMail;
import io.smtpra.ra.message.Content;
import io.smtpra.testkit.InboxScript.Refuse;
import io.smtpra.testkit.InboxScript.Wait;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The mails that an inbox has taken. They stand here before their sender hears 250. */
final class InboxMails implements MailSink {

    private static final int MOST_MAILS = 10_000;
    private static final long MOST_OCTETS = 256L << 20;
    private static final DeliveryOutcome FULL =
            new DeliveryOutcome.Refused(Reply.of(452, "4.3.1", "The inbox is full: clear it"));

    private final MailParser parser;
    private final InboxScript script;
    private final List<InboundMail> mails = new ArrayList<>();
    private long octets;

    InboxMails(String hostName, InboxScript script) {
        this.parser = new MailParser(hostName, MailLimits.DEFAULT);
        this.script = script;
    }

    @Override
    public CompletionStage<DeliveryOutcome> deliver(ReceivedMail mail) {
        Optional<InboxScript.Act> act = script.next(InboxStep.END_OF_DATA, Optional.empty());
        if (act.isPresent() && act.get() instanceof Wait wait) {
            return CompletableFuture.supplyAsync(() -> taken(mail),
                    CompletableFuture.delayedExecutor(wait.time().toMillis(), TimeUnit.MILLISECONDS));
        }
        if (act.isPresent()) {
            mail.content().close();
            Reply reply = act.get() instanceof Refuse refuse ? refuse.reply() : InboxProtocol.HANGING_UP;
            return CompletableFuture.completedFuture(new DeliveryOutcome.Refused(reply));
        }
        return CompletableFuture.completedFuture(taken(mail));
    }

    synchronized List<InboundMail> all() {
        return List.copyOf(mails);
    }

    /** Waits until there are so many; gives those that are there then, be it fewer. */
    synchronized List<InboundMail> await(int count, Duration bound) {
        long end = System.nanoTime() + bound.toNanos();
        long left = bound.toMillis();
        try {
            while (mails.size() < count && left > 0) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return all();
    }

    synchronized void clear() {
        mails.clear();
        octets = 0;
    }

    private synchronized DeliveryOutcome taken(ReceivedMail mail) {
        Content content = mail.content();
        try (content; InputStream in = content.open()) {
            if (mails.size() == MOST_MAILS || content.size() > MOST_OCTETS - octets) {
                return FULL;
            }
            octets += content.size();
            ReceivedMail kept = new ReceivedMail(mail.id(), mail.receivedAt(), mail.envelope(), mail.peer(),
                    new KeptContent(in.readAllBytes()), mail.caller());
            mails.add(new DeliveredMail(kept, mail.envelope(), parser));
            notifyAll();
            return new DeliveryOutcome.Delivered();
        } catch (IOException e) {
            return new DeliveryOutcome.Refused(Reply.of(452, "4.3.1", "The content cannot be read"));
        }
    }
}
