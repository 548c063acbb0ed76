package io.smtpra.ra;

import io.smtpra.ListenerKind;
import io.smtpra.ra.inbound.smtp.rules.ListenerRules;
import io.smtpra.ra.inbound.users.SecurityInflow;
import io.smtpra.ra.server.AdministratorHints;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.work.WorkManager;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether the server does what the adapter needs to authenticate users. */
final class CallerSupport {

    private CallerSupport() {}

    /**
     * Checks, if clients are asked who they are.
     *
     * @throws ResourceAdapterInternalException if the server takes no callers from the adapter; with what to do
     */
    static void check(AdapterConfig config, WorkManager workManager) throws ResourceAdapterInternalException {
        List<ListenerKind> kinds = config.authenticating();
        if (kinds.isEmpty()) {
            return;
        }
        Optional<Exception> failure = SecurityInflow.failure(workManager);
        if (failure.isPresent()) {
            throw new ResourceAdapterInternalException(message(config, kinds.get(0), failure.get()), failure.get());
        }
    }

    private static String message(AdapterConfig config, ListenerKind kind, Exception failure) {
        String property = ListenerRules.authenticationProperty(kind);
        String rule = config.protocol().rules().get(kind).authentication().name().toLowerCase(Locale.ROOT);
        String domain = config.securityDomain().isPresent()
                ? "security inflow does not work with the security domain of the property 'securityDomain'"
                : "no security domain is named";
        return "smtp-ra: property '" + property + "' is '" + rule + "' and '" + kind.configurationName() + "Port' is open,"
                + " but the server lets the adapter authenticate nobody: " + domain + " (" + failure.getMessage() + ")."
                + " " + AdministratorHints.SECURITY_INFLOW + " Or set '"
                + property + "' to none, or '" + kind.configurationName() + "Port' to -1.";
    }
}
