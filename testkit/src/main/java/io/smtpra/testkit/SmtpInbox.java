package io.smtpra.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a mail server. It is a parameter of theirs:
 *
 * <pre>{@code
 * @SmtpInbox
 * class OrderTest {
 *
 *     @Test
 *     void customersHearOfTheirOrder(Inbox inbox) throws Exception {
 *         shop(inbox.host(), inbox.port()).order("jane@example.org");
 *         assertEquals("Your order", inbox.awaitMail().view().subject());
 *     }
 * }
 * }</pre>
 *
 * <p>It is opened before the first test of the class, on a port that stays, emptied before each, and closed after the
 * last.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(SmtpInboxExtension.class)
public @interface SmtpInbox {

    /**
     * The port.
     *
     * @return 1 to 65535, or 0 for any free one
     */
    int port() default 0;

    /**
     * Whether it speaks TLS.
     *
     * @return how
     */
    InboxTls tls() default InboxTls.OFFERED;

    /**
     * A user who may authenticate, inside TLS; nobody can send without it then.
     *
     * @return the name; empty: nobody is asked
     */
    String user() default "";

    /**
     * The user's password.
     *
     * @return the password
     */
    String password() default "";
}
