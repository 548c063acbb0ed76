package io.smtpra.ra.server;

import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.wildfly.security.auth.server.SecurityDomain;

/** Finds what the server manages, by the name that its administrator has given it. */
public final class ServerServices {

    private static final String SECURITY = "org.wildfly.security.";

    private ServerServices() {}

    /**
     * An SSL context: in WildFly a server-ssl-context or client-ssl-context of the Elytron subsystem.
     *
     * @param name its name in the server
     * @return the context as it is now; absent if there is none of this name, or it does not start
     */
    public static Optional<SSLContext> sslContext(String name) {
        return find("ssl-context", name).map(SSLContext.class::cast);
    }

    /**
     * A security domain, which from now on can be asked by its name too: in WildFly a security-domain of the Elytron
     * subsystem.
     *
     * @param name its name in the server
     * @return its users; absent if there is none of this name, or it does not start
     */
    public static Optional<SecurityDomainUsers> securityDomain(String name) {
        try {
            return find("security-domain", name).map(SecurityDomain.class::cast)
                    .map(domain -> new ElytronUsers(name, domain));
        } catch (NoClassDefFoundError e) {
            return Optional.empty();
        }
    }

    /**
     * The server's transactions.
     *
     * @return absent in a server whose way to them is not known here
     */
    public static Optional<ServerTransactions> transactions() {
        try {
            ServerTransactions transactions = new WildFlyTransactions();
            transactions.manager();
            return Optional.of(transactions);
        } catch (LinkageError e) {
            return Optional.empty();
        }
    }

    private static Optional<Object> find(String kind, String name) {
        try {
            return WildFlyServices.value(SECURITY + kind, name);
        } catch (NoClassDefFoundError e) {
            // Another server, whose way to such services is not known here.
            return Optional.empty();
        }
    }
}
