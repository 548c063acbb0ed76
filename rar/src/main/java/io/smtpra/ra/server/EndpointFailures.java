package io.smtpra.ra.server;

import java.util.stream.Stream;

/** What a server says, by the exceptions of an endpoint, about itself and not about the mail. */
public final class EndpointFailures {

    /** A chain of causes may be a circle. */
    private static final int MAX_CAUSES = 50;

    private EndpointFailures() {}

    /** Whether the server's pool of beans had no instance in time: WildFly's code for it. */
    public static boolean isPoolExhausted(Throwable failure) {
        return causes(failure).anyMatch(cause -> String.valueOf(cause.getMessage()).contains("WFLYEJB0378"));
    }

    /** Whether the bean is stopped or stops: WildFly tells the adapter so only afterwards. */
    public static boolean isStopped(Throwable failure) {
        return failure != null && failure.getClass().getSimpleName().equals("EJBComponentUnavailableException");
    }

    /** A failure and its causes, as far as anybody would read. */
    public static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(MAX_CAUSES);
    }
}
