package io.smtpra.ra.log;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** Beans that take mail, deliveries to them, and the transactions of these. */
@MessageLogger(projectCode = "SMTPRA", length = 4)
@ValidIdRange(min = 500, max = 599)
public interface DeliveryMessages {

    DeliveryMessages LOG = Logger.getMessageLogger(
            MethodHandles.lookup(), DeliveryMessages.class, "io.smtpra.ra.inbound.delivery");

    @LogMessage(level = Level.INFO)
    @Message(id = 500, value = "%s takes mail for %s")
    void takesMail(String bean, Object recipients);

    @LogMessage(level = Level.INFO)
    @Message(id = 501, value = "%s takes no mail any more")
    void takesNoMail(String bean);

    @LogMessage(level = Level.ERROR)
    @Message(id = 502, value = "The bean %s gets no mail; deploy it again, corrected: %s")
    void badActivation(String bean, String reason, @Cause Throwable cause);

    @LogMessage(level = Level.ERROR)
    @Message(id = 503, value = "A bean could not answer a question")
    void beanDidNotAnswer(@Cause Throwable cause);

    @Message(id = 504, value = "The beans %s and %s both want the recipients '%s' of listener '%s'; allowed: one bean a"
            + " pattern (or journal=true)")
    String patternTaken(String first, String second, Object pattern, String listener);

    @LogMessage(level = Level.ERROR)
    @Message(id = 510, value = "%s: %s failed; it is rolled back, and the sender asked to try again")
    void beanFailed(String mail, String bean, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 511, value = "%s: %s rolled back without an exception")
    void rolledBack(String mail, String bean);

    @LogMessage(level = Level.WARN)
    @Message(id = 512, value = "%s: given up while %s ran; it is rolled back")
    void givenUp(String mail, String bean, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 513, value = "%s: %s has been stopped; the sender is asked to try again")
    void beanStopped(String mail, String bean);

    @LogMessage(level = Level.WARN)
    @Message(id = 514, value = "%s: the server's pool had no instance of %s in time; the sender is asked to try again."
            + " Make the pool larger, or the activation property maxConcurrency smaller")
    void poolExhausted(String mail, String bean);

    @LogMessage(level = Level.WARN)
    @Message(id = 515, value = "%s: the next hop has refused for good what %s sent in its transaction; it is rolled"
            + " back, and the sender hears 554")
    void refusedOnward(String mail, String bean);

    @LogMessage(level = Level.WARN)
    @Message(id = 516, value = "%s: %s is not available")
    void beanNotAvailable(String mail, String bean, @Cause Throwable cause);

    @LogMessage(level = Level.ERROR)
    @Message(id = 517, value = "%s: the delivery to %s could not begin")
    void notBegun(String mail, String bean, @Cause Throwable cause);

    @LogMessage(level = Level.ERROR)
    @Message(id = 518, value = "%s: the delivery to %s failed")
    void beansFailed(String mail, Object beans, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 519, value = "%s: the transaction of %s was marked for rollback, or its time is over; nothing is"
            + " kept, and the sender asked to try again")
    void markedForRollback(String mail, Object beans);

    @LogMessage(level = Level.ERROR)
    @Message(id = 520, value = "%s: the delivery failed")
    void deliveryFailed(String mail, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 521, value = "%s: the server's work manager had no thread for it within %s s; the sender is asked to"
            + " try again")
    void noThreadInTime(String mail, long seconds);

    @LogMessage(level = Level.WARN)
    @Message(id = 522, value = "%s: the server has no thread for its delivery")
    void noThread(String mail, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 523, value = "%s: not processed within %s s (deliveryTimeout): given up, it will roll back")
    void tooSlow(String mail, long seconds);

    @LogMessage(level = Level.WARN)
    @Message(id = 524, value = "%s: its commit has not ended within %s s; the sender is asked to try again")
    void commitTooSlow(String mail, long seconds);

    @LogMessage(level = Level.WARN)
    @Message(id = 525, value = "%s: committed after the sender had been asked to try again; it will arrive a second"
            + " time")
    void committedTooLate(String mail);

    @LogMessage(level = Level.WARN)
    @Message(id = 526, value = "%s deliveries still run at the stop; they are given up and roll back")
    void abandonedAtStop(int deliveries);

    @LogMessage(level = Level.WARN)
    @Message(id = 527, value = "%s deliveries to %s still run after %s s (shutdownTimeout); they are given up and roll"
            + " back")
    void abandonedAtUndeploy(int deliveries, String bean, long seconds);

    @LogMessage(level = Level.WARN)
    @Message(id = 528, value = "%s: its commit has not ended %s s after the stop of %s; the sender is asked to try"
            + " again")
    void commitDisowned(String mail, long seconds, String bean);

    @LogMessage(level = Level.WARN)
    @Message(id = 529, value = "%s: an endpoint could not be released")
    void notReleased(String mail, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 530, value = "%s: its content could not be freed")
    void contentNotFreed(String mail, @Cause Throwable cause);

    @LogMessage(level = Level.ERROR)
    @Message(id = 550, value = "%s: the transaction of %s could not be prepared (XA error %s); nothing is kept, and"
            + " the sender asked to try again")
    void notPrepared(String mail, Object beans, int error, @Cause Throwable cause);

    @LogMessage(level = Level.ERROR)
    @Message(id = 551, value = "%s: prepared transaction %s of %s did not commit (XA error %s); the sender is asked to"
            + " try again")
    void notCommitted(String mail, Object transaction, Object beans, int error, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 552, value = "%s: transaction %s of %s could not be rolled back (XA error %s); it is tried again")
    void notRolledBack(String mail, Object transaction, Object beans, int error, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 553, value = "%s: the server does not forget the transaction of %s (XA error %s)")
    void notForgotten(String mail, Object beans, int error, @Cause Throwable cause);

    @LogMessage(level = Level.INFO)
    @Message(id = 560, value = "Transaction %s, which was left open, has ended: %s")
    void endedLate(Object transaction, Object decision);

    @LogMessage(level = Level.WARN)
    @Message(id = 561, value = "Transactions in doubt could not be listed (XA error %s); it is tried again")
    void inDoubtNotListed(int error, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 562, value = "Transaction %s cannot be ended yet, it is to end with %s (XA error %s); it is tried"
            + " again until it has ended, also after a restart")
    void notEndedYet(Object transaction, Object decision, int error, @Cause Throwable cause);

    @LogMessage(level = Level.ERROR)
    @Message(id = 563, value = "The resources of transaction %s have decided on their own, it was to end with %s (XA"
            + " error %s)")
    void heuristic(Object transaction, Object decision, int error, @Cause Throwable cause);

    @LogMessage(level = Level.ERROR)
    @Message(id = 564, value = "Transaction %s was to be committed to the end, and has rolled back (XA error %s)")
    void rolledBackInstead(Object transaction, int error, @Cause Throwable cause);

    @LogMessage(level = Level.ERROR)
    @Message(id = 565, value = "Transaction %s is to end with %s, which cannot be noted in %s; if the server ends"
            + " before that, end it by hand")
    void decisionNotNoted(Object transaction, Object decision, Object directory, @Cause Throwable cause);

    @LogMessage(level = Level.ERROR)
    @Message(id = 566, value = "The transactions that are to be ended cannot be read from %s")
    void decisionsNotRead(Object directory, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 567, value = "Transaction %s has ended, but its note in %s cannot be deleted")
    void noteNotDeleted(Object transaction, Object directory, @Cause Throwable cause);
}
