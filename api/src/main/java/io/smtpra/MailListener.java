package io.smtpra;

import java.util.Optional;

/**
 * Receives mail. A message-driven bean implements it and names the recipients it takes with the activation property
 * {@code recipients}:
 *
 * <pre>{@code
 * @MessageDriven(activationConfig =
 *     @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*@example.com"))
 * public class Inbox implements MailListener {
 *     public void onMail(InboundMail mail) { … }
 * }
 * }</pre>
 */
public interface MailListener {

    /**
     * Takes one mail. The remote side hears {@code 250} only after this method has returned and its transaction has
     * committed; until then the mail is the sender's responsibility (RFC 5321 section 4.2.5), so nothing is lost when
     * the server stops in between: the sender tries again. A mail can therefore arrive twice.
     *
     * <p>A mail for several recipients of one bean arrives once, with all of them in its envelope.
     *
     * @param mail the mail, valid until this method returns
     * @throws MailRejectedException to refuse the mail with a reply of the bean's choice; the transaction rolls back
     * @throws Exception anything else: the transaction rolls back and the remote side is asked to try again later
     *     ({@code 451 4.3.0})
     */
    void onMail(InboundMail mail) throws Exception;

    /**
     * Is asked about each recipient as soon as it is named, if the activation property {@code verifyRecipients} is
     * true: a sender then learns at once who is unknown. It must be quick, for the sender waits. The mail may still not
     * come, and a recipient that was accepted may be refused by {@link #onMail(InboundMail)} with the whole mail.
     *
     * @param recipient who is to receive; the activation's {@code recipients} match it
     * @param reversePath who sends, absent for the null reverse-path
     * @param peer the host that asks
     * @return whether there is such a recipient
     * @throws Exception if it cannot be found out: the remote side is asked to try again later ({@code 451 4.3.0}), or
     *     hears what a {@link MailRejectedException} says
     */
    default RecipientAnswer onRecipient(Recipient recipient, Optional<Mailbox> reversePath, Peer peer)
            throws Exception {
        return RecipientAnswer.accepted();
    }

    /**
     * Is asked for a user ({@code VRFY}), if the adapter's property {@code vrfy} is true.
     *
     * @param query a mailbox that the activation's {@code recipients} match, or a name without a domain
     * @param peer the host that asks
     * @return the user
     * @throws Exception if it cannot be found out: the remote side is asked to try again later
     */
    default DirectoryAnswer onVerify(String query, Peer peer) throws Exception {
        return DirectoryAnswer.undisclosed();
    }

    /**
     * Is asked for the members of a list ({@code EXPN}), if the adapter's property {@code expn} is true.
     *
     * @param query a mailbox that the activation's {@code recipients} match, or a name without a domain
     * @param peer the host that asks
     * @return the members
     * @throws Exception if it cannot be found out: the remote side is asked to try again later
     */
    default DirectoryAnswer onExpand(String query, Peer peer) throws Exception {
        return DirectoryAnswer.undisclosed();
    }

    /**
     * Is asked for the mail that waits for a host ({@code ETRN}), if the adapter's property {@code etrn} is true.
     *
     * @param node the host, or what else the other side wrote (RFC 1985 section 5.3)
     * @param peer the host that asks
     * @return whether it is being sent
     * @throws Exception if it cannot be sent now: the remote side is asked to try again later
     */
    default QueueAnswer onQueueRequest(String node, Peer peer) throws Exception {
        return QueueAnswer.notAllowed();
    }
}
