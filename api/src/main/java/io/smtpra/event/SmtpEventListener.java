package io.smtpra.event;

/**
 * Hears of events. A message-driven bean implements it, and may choose what it hears by the activation properties
 * {@code kinds} and {@code listeners}:
 *
 * <pre>{@code
 * @MessageDriven(activationConfig =
 *     @ActivationConfigProperty(propertyName = "kinds", propertyValue = "authentication-failed, mail-refused"))
 * public class Watch implements SmtpEventListener {
 *     public void onEvent(SmtpEvent event) { … }
 * }
 * }</pre>
 */
public interface SmtpEventListener {

    /**
     * Hears of an event, after it has happened. Events come one at a time, in the order in which they happened in their
     * session; other sessions go on meanwhile. A bean that is slower than the mail misses events, which are counted; no
     * mail waits for it.
     *
     * <p>It is called outside the transaction of a mail: in one of its own if the bean says so, by itself otherwise.
     *
     * @param event what has happened
     * @throws Exception is logged; the event is not told again
     */
    void onEvent(SmtpEvent event) throws Exception;
}
