package io.smtpra.ra.outbound;

import jakarta.resource.spi.ManagedConnectionMetaData;
import java.util.Optional;

/** What can be said of a managed connection without asking the next hop. */
record SmtpMetaData(String nextHop, Optional<String> user) implements ManagedConnectionMetaData {

    @Override
    public String getEISProductName() {
        return "SMTP";
    }

    @Override
    public String getEISProductVersion() {
        return nextHop;
    }

    /** Unlimited, as far as we know. */
    @Override
    public int getMaxConnections() {
        return 0;
    }

    @Override
    public String getUserName() {
        return user.orElse("");
    }
}
