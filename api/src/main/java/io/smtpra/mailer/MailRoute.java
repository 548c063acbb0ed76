package io.smtpra.mailer;

import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says through which connection factory an injected {@link Mailer} sends. */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE})
public @interface MailRoute {

    /**
     * The connection factory.
     *
     * @return its JNDI name, as {@code java:/smtp/relay}, or what stands behind {@code java:/smtp/} there
     */
    @Nonbinding
    String value() default "relay";
}
