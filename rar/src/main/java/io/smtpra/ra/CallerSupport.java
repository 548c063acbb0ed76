package io.smtpra.ra;

import io.smtpra.ListenerKind;
import io.smtpra.ra.inbound.SecurityInflow;
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
        String property = IdentityProperties.authenticationProperty(kind);
        String rule = config.protocol().rules().get(kind).authentication().name().toLowerCase(Locale.ROOT);
        return "smtp-ra: property '" + property + "' is '" + rule + "' and '" + kind.configurationName() + "Port' is open, but"
                + " the server lets the adapter authenticate nobody: security inflow is switched off (" + failure.getMessage()
                + "). In WildFly give the adapter an entry in the resource-adapters subsystem, named as the archive, and run"
                + " in jboss-cli.sh: /subsystem=resource-adapters/resource-adapter=smtp-ra.rar:write-attribute("
                + "name=wm-security,value=true) and /subsystem=resource-adapters/resource-adapter=smtp-ra.rar:"
                + "write-attribute(name=wm-elytron-security-domain,value=ApplicationDomain); docs/security.md has the whole"
                + " script. Or set '" + property + "' to none, or '" + kind.configurationName() + "Port' to -1.";
    }
}
