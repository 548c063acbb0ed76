package io.smtpra.ra.outbound;

import java.util.Optional;

/** What a resource adapter lends to its connection factories: the name of this host, as it greets with it itself. */
public interface DomainNameSource {

    /**
     * The name.
     *
     * @return a fully qualified domain name; absent where this host has none
     */
    Optional<String> domainName();
}
