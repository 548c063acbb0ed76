package io.smtpra.ra.client;

import io.smtpra.ra.client.net.ClientTimeouts;
import io.smtpra.ra.client.transfer.ClientExtensions;
import io.smtpra.ra.tls.client.ClientTls;
import io.smtpra.ra.tls.client.OutboundTls;
import java.util.Objects;
import java.util.Optional;

/**
 * The next hop and the terms on which it is talked to.
 *
 * @param host its name or address
 * @param port 1 to 65535
 * @param tls how the connection comes to be encrypted
 * @param fallbackToPlain with {@link OutboundTls#NEGOTIATED}: whether mail goes in plain text, on a fresh connection,
 *     after STARTTLS was refused or the handshake failed (RFC 7435); never after the check of its certificate
 *     failed, and not with credentials that must not be shown there
 * @param clientTls makes the handshakes; absent only with {@link OutboundTls#DISABLED}
 * @param heloName how we name ourselves; absent: by our address (RFC 5321 section 4.1.4)
 * @param timeouts how long to wait for what
 * @param extensions which extensions may be used where the next hop offers them
 * @param auth how to authenticate, if there are credentials
 */
public record ClientConfig(
        String host,
        int port,
        OutboundTls tls,
        boolean fallbackToPlain,
        Optional<ClientTls> clientTls,
        Optional<String> heloName,
        ClientTimeouts timeouts,
        ClientExtensions extensions,
        AuthPolicy auth) {

    /**
     * Refuses what cannot be a configuration. The message never repeats what was refused.
     *
     * @throws IllegalArgumentException if a name is empty or has blanks or control characters, the port is out of range,
     *     or TLS is wanted without {@code clientTls}
     */
    public ClientConfig {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(clientTls, "clientTls");
        Objects.requireNonNull(heloName, "heloName");
        Objects.requireNonNull(timeouts, "timeouts");
        Objects.requireNonNull(extensions, "extensions");
        Objects.requireNonNull(auth, "auth");
        Arguments.requireWord("The host of the next hop", host);
        heloName.ifPresent(name -> Arguments.requireWord("The name for EHLO", name));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("The port of the next hop is 1 to 65535, not " + port);
        }
        if (tls != OutboundTls.DISABLED && clientTls.isEmpty()) {
            throw new IllegalArgumentException("TLS needs its material unless it is disabled");
        }
    }

    /**
     * Plain text with defaults for all else.
     *
     * @param host the next hop's name or address
     * @param port 1 to 65535
     * @return the configuration
     */
    public static ClientConfig plain(String host, int port) {
        return new ClientConfig(host, port, OutboundTls.DISABLED, false, Optional.empty(), Optional.empty(),
                ClientTimeouts.DEFAULTS, ClientExtensions.ALL, AuthPolicy.DEFAULTS);
    }
}
