package io.smtpra.ra;

import io.smtpra.ListenerKind;
import io.smtpra.ra.inbound.smtp.hosting.OutsideHooks;
import io.smtpra.ra.inbound.smtp.rules.ListenerRules;
import io.smtpra.ra.inbound.smtp.rules.SaslMechanism;
import io.smtpra.ra.inbound.users.SecurityInflow;
import io.smtpra.ra.log.AdapterMessages;
import io.smtpra.ra.server.AdministratorHints;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.work.WorkManager;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether the server does what the adapter needs to authenticate users. */
final class CallerSupport {

    private CallerSupport() {}

    /** Whether nobody but hooks knows users. */
    static boolean isLeftToHooks(AdapterConfig config, OutsideHooks hooks) {
        return config.securityDomain().isEmpty() && hooks.knowUsers();
    }

    /**
     * Checks, if clients are asked who they are.
     *
     * @param hooks of others: where one knows users and no security domain is named, the server need not
     * @throws ResourceAdapterInternalException if the server takes no callers from the adapter; with what to do
     */
    static void check(AdapterConfig config, WorkManager workManager, OutsideHooks hooks)
            throws ResourceAdapterInternalException {
        List<ListenerKind> kinds = config.authenticating();
        if (kinds.isEmpty()) {
            return;
        }
        if (isLeftToHooks(config, hooks)) {
            checkMechanisms(config, kinds);
            return;
        }
        Optional<Exception> failure = SecurityInflow.failure(workManager);
        if (failure.isPresent()) {
            throw new ResourceAdapterInternalException(message(config, kinds.get(0), failure.get()), failure.get());
        }
    }

    /** Hooks are asked about passwords; for all else the server must know its users. */
    private static void checkMechanisms(AdapterConfig config, List<ListenerKind> kinds)
            throws ResourceAdapterInternalException {
        for (ListenerKind kind : kinds) {
            Optional<List<SaslMechanism>> own = config.protocol().rules().get(kind).mechanisms();
            for (SaslMechanism mechanism : own.orElse(config.protocol().mechanisms())) {
                if (mechanism != SaslMechanism.PLAIN && mechanism != SaslMechanism.LOGIN) {
                    throw new ResourceAdapterInternalException(AdapterMessages.LOG.mechanismNeedsDomain(
                            own.isPresent() ? ListenerRules.mechanismsProperty(kind) : "authMechanisms",
                            mechanism.saslName()));
                }
            }
        }
    }

    private static String message(AdapterConfig config, ListenerKind kind, Exception failure) {
        String property = ListenerRules.authenticationProperty(kind);
        String rule = config.protocol().rules().get(kind).authentication().name().toLowerCase(Locale.ROOT);
        String domain = config.securityDomain().isPresent()
                ? "security inflow does not work with the security domain of the property 'securityDomain'"
                : "no security domain is named";
        return AdapterMessages.LOG.authenticationImpossible(property, rule, kind.configurationName() + "Port", domain,
                failure.getMessage(), AdministratorHints.SECURITY_INFLOW);
    }
}
