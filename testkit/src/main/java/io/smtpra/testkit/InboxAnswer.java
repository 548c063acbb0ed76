package io.smtpra.testkit;

import io.smtpra.Mailbox;
import io.smtpra.Reply;
import java.time.Duration;
import java.util.Optional;

/**
 * What an inbox answers at a step in place of what it would. Each of {@link #refuse}, {@link #hangUp} and {@link #late}
 * ends the sentence: {@code inbox.at(RECIPIENT).forRecipient("bob@example.com").refuse(550, "5.1.1", "No such user")}.
 * Unless it says how often, it holds until {@link Inbox#clear()}.
 */
public final class InboxAnswer {

    private final Inbox inbox;
    private final InboxScript script;
    private final InboxStep step;
    private Optional<Mailbox> recipient = Optional.empty();
    private int times = Integer.MAX_VALUE;

    InboxAnswer(Inbox inbox, InboxScript script, InboxStep step) {
        this.inbox = inbox;
        this.script = script;
        this.step = step;
    }

    /**
     * The next time alone.
     *
     * @return this sentence
     */
    public InboxAnswer once() {
        return times(1);
    }

    /**
     * The next few times.
     *
     * @param count 1 or more
     * @return this sentence
     */
    public InboxAnswer times(int count) {
        times = count;
        return this;
    }

    /**
     * For one recipient alone, at {@link InboxStep#RECIPIENT}.
     *
     * @param mailbox as {@code bob@example.com}
     * @return this sentence
     */
    public InboxAnswer forRecipient(String mailbox) {
        recipient = Optional.of(Mailbox.parse(mailbox));
        return this;
    }

    /**
     * Refuses. After 421 the connection is closed.
     *
     * @param code 4xx or 5xx
     * @param enhancedStatusCode as {@code 5.1.1}
     * @param text one line
     * @return the inbox
     */
    public Inbox refuse(int code, String enhancedStatusCode, String text) {
        return refuse(Reply.of(code, enhancedStatusCode, text));
    }

    /**
     * Refuses. After 421 the connection is closed.
     *
     * @param reply 4xx or 5xx
     * @return the inbox
     */
    public Inbox refuse(Reply reply) {
        return act(new InboxScript.Refuse(reply));
    }

    /**
     * Closes the connection without a word. A mail whose content was sent is not among those received.
     *
     * @return the inbox
     */
    public Inbox hangUp() {
        return act(new InboxScript.HangUp());
    }

    /**
     * Answers as ever, but late.
     *
     * @param time how late, at most ten minutes
     * @return the inbox
     */
    public Inbox late(Duration time) {
        return act(new InboxScript.Wait(time));
    }

    private Inbox act(InboxScript.Act act) {
        script.add(step, recipient, times, act);
        return inbox;
    }
}
