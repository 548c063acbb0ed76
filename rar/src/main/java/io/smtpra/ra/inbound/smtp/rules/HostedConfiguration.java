package io.smtpra.ra.inbound.smtp.rules;

import java.util.Optional;
import org.apache.james.protocols.api.OidcSASLConfiguration;
import org.apache.james.protocols.smtp.SMTPConfiguration;

/** Our configuration as James asks for it. What its own handlers alone would ask is answered with no. */
public final class HostedConfiguration implements SMTPConfiguration {

    private final ProtocolConfig config;

    public HostedConfiguration(ProtocolConfig config) {
        this.config = config;
    }

    @Override
    public String getGreeting() {
        return config.hostName() + " ESMTP";
    }

    @Override
    public String getSoftwareName() {
        return "smtp-ra";
    }

    @Override
    public String getHelloName() {
        return config.hostName();
    }

    @Override
    public long getMaxMessageSize() {
        return config.limits().maxMessageSize();
    }

    @Override
    public boolean isRelayingAllowed(String remoteAddress) {
        return false;
    }

    @Override
    public boolean isAuthAnnounced(String remoteAddress, boolean tlsStarted) {
        return false;
    }

    @Override
    public boolean useHeloEhloEnforcement() {
        return true;
    }

    @Override
    public boolean useAddressBracketsEnforcement() {
        return true;
    }

    @Override
    public boolean isPlainAuthEnabled() {
        return false;
    }

    @Override
    public Optional<OidcSASLConfiguration> saslConfiguration() {
        return Optional.empty();
    }
}
