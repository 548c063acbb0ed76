package io.smtpra.ra.inbound.listener.access;

import io.smtpra.ra.config.PropertyReader;
import java.net.InetAddress;
import java.util.List;

/**
 * Who may connect at all.
 *
 * @param allowed if there are any, nobody else may
 * @param denied who may not, whatever is allowed
 */
public record AccessRules(List<Network> allowed, List<Network> denied) {

    /** Everybody may. */
    public static final AccessRules EVERYBODY = new AccessRules(List.of(), List.of());

    /** Copies the lists. */
    public AccessRules {
        allowed = List.copyOf(allowed);
        denied = List.copyOf(denied);
    }

    public boolean admits(InetAddress address) {
        return !Network.anyContains(denied, address)
                && (allowed.isEmpty() || Network.anyContains(allowed, address));
    }

    public static AccessRules read(PropertyReader reader) {
        return new AccessRules(Network.read(reader, "allowedNetworks"), Network.read(reader, "deniedNetworks"));
    }
}
