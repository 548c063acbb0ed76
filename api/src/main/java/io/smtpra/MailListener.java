package io.smtpra;

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
}
