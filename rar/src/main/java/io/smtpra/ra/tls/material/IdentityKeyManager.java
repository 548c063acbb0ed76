package io.smtpra.ra.tls.material;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Chooses among several identities: by the kind of key that fits the peer's abilities, which the TLS implementation
 * asks for in the order of preference, and by the host name that the peer asks for (RFC 6066, section 3). An alias is
 * an identity's place in the list.
 */
public final class IdentityKeyManager extends X509ExtendedKeyManager {

    private record Entry(Identity identity, CertificateNames names) {
    }

    private static final String RSA = "RSA";
    private static final String EC = "EC";
    /** The signature that goes with a curve, by the bits of its field (RFC 8446 section 4.2.3). */
    private static final Map<Integer, String> SIGNATURES =
            Map.of(256, "SHA256withECDSA", 384, "SHA384withECDSA", 521, "SHA512withECDSA");

    private final List<Entry> entries;
    private final boolean asksOnce;

    /**
     * A manager for a TLS implementation that asks for what fits the peer.
     *
     * @param identities what it chooses among
     */
    public IdentityKeyManager(List<Identity> identities) {
        this(identities, false);
    }

    /**
     * A manager.
     *
     * @param identities what it chooses among
     * @param asksOnce whether the TLS implementation asks without regard to the peer's abilities and takes the first
     *     that it gets: then that must be one that this peer can use for certain, which but for TLS 1.3 is RSA
     */
    public IdentityKeyManager(List<Identity> identities, boolean asksOnce) {
        this.asksOnce = asksOnce;
        this.entries = identities.stream()
                .map(identity -> new Entry(identity, CertificateNames.of(identity.certificate()))).toList();
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return serverAlias(keyType, engine == null ? null : engine.getHandshakeSession());
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return serverAlias(keyType, socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null);
    }

    @Override
    public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        return clientAlias(keyTypes, issuers);
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return clientAlias(keyTypes, issuers);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return aliases(keyType);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return aliases(keyType);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return entry(alias).map(entry -> entry.identity().chain().toArray(X509Certificate[]::new)).orElse(null);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return entry(alias).map(entry -> entry.identity().key()).orElse(null);
    }

    /** A name that nobody has gets the first identity: mail servers rarely check, and a plain connection is worse. */
    private String serverAlias(String keyType, SSLSession handshake) {
        if (entries.size() == 1) {
            // it would come to the same below, after a look at all that the peer is able to
            return isOfType(entries.get(0), keyType) ? "0" : null;
        }
        List<Integer> candidates = requestedNames(handshake).stream()
                .map(this::entriesFor).filter(found -> !found.isEmpty()).findFirst()
                .orElseGet(() -> IntStream.range(0, entries.size()).boxed().toList());
        if (asksOnce && candidates.stream().anyMatch(index -> isOfType(entries.get(index), RSA))) {
            boolean better = candidates.stream().anyMatch(index -> verifies(handshake, entries.get(index).identity()));
            String fit = better ? EC : RSA;
            if (!keyType.equals(fit)) {
                return null;
            }
        }
        return candidates.stream().filter(index -> isOfType(entries.get(index), keyType)).findFirst()
                .map(String::valueOf).orElse(null);
    }

    /**
     * Of a TLS 1.3 client it is known which curves it verifies; of others, not whether their cipher suites go
     * with it.
     */
    private static boolean verifies(SSLSession handshake, Identity identity) {
        return identity.certificate().getPublicKey() instanceof ECPublicKey key
                && handshake instanceof ExtendedSSLSession session && session.getProtocol().equals("TLSv1.3")
                && Arrays.asList(session.getPeerSupportedSignatureAlgorithms())
                        .contains(SIGNATURES.get(key.getParams().getCurve().getField().getFieldSize()));
    }

    private List<Integer> entriesFor(String host) {
        List<Integer> exact = new ArrayList<>();
        List<Integer> covered = new ArrayList<>();
        for (int index = 0; index < entries.size(); index++) {
            CertificateNames names = entries.get(index).names();
            if (names.hasExactly(host)) {
                exact.add(index);
            } else if (names.coversByWildcard(host)) {
                covered.add(index);
            }
        }
        return exact.isEmpty() ? covered : exact;
    }

    /** The first identity whose chain leads to an issuer that the server names, if it names any. */
    private String clientAlias(String[] keyTypes, Principal[] issuers) {
        Collection<Principal> accepted = issuers == null ? List.of() : Arrays.asList(issuers);
        for (String keyType : keyTypes) {
            for (int index = 0; index < entries.size(); index++) {
                Entry entry = entries.get(index);
                boolean issued = accepted.isEmpty() || entry.identity().chain().stream()
                        .anyMatch(certificate -> accepted.contains(certificate.getIssuerX500Principal()));
                if (isOfType(entry, keyType) && issued) {
                    return String.valueOf(index);
                }
            }
        }
        return null;
    }

    private String[] aliases(String keyType) {
        return IntStream.range(0, entries.size()).filter(index -> isOfType(entries.get(index), keyType))
                .mapToObj(String::valueOf).toArray(String[]::new);
    }

    private Optional<Entry> entry(String alias) {
        return IntStream.range(0, entries.size()).filter(index -> String.valueOf(index).equals(alias))
                .mapToObj(entries::get).findFirst();
    }

    private static boolean isOfType(Entry entry, String keyType) {
        return entry.identity().keyType().equals(keyType);
    }

    private static List<String> requestedNames(SSLSession handshake) {
        if (!(handshake instanceof ExtendedSSLSession session)) {
            return List.of();
        }
        return session.getRequestedServerNames().stream().filter(SNIHostName.class::isInstance)
                .map(name -> ((SNIHostName) name).getAsciiName()).toList();
    }
}
