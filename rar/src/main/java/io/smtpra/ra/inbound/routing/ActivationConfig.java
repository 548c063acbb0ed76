package io.smtpra.ra.inbound.routing;

import io.smtpra.ListenerKind;
import java.util.List;
import java.util.Set;

/**
 * What one activation wants.
 *
 * @param recipients the recipients it takes, at least one pattern
 * @param listeners the kinds of listener whose mail it takes
 * @param journal whether it gets a copy of everything that matches, beside the activation that takes the recipient
 * @param maxConcurrency how many mails its beans are given at a time
 * @param verifyRecipients whether its bean is asked about each recipient
 */
public record ActivationConfig(
        List<RecipientPattern> recipients,
        Set<ListenerKind> listeners,
        boolean journal,
        int maxConcurrency,
        boolean verifyRecipients) {

    /** Copies the lists. */
    public ActivationConfig {
        recipients = List.copyOf(recipients);
        listeners = Set.copyOf(listeners);
    }
}
