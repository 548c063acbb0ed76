package io.smtpra.ra.server;

/** What an administrator of the server is to do, as messages tell it. */
public final class AdministratorHints {

    /** Where security domains are named. */
    public static final String SECURITY_DOMAINS = "in WildFly, one of /subsystem=elytron/security-domain";

    /** How the adapter gets a security domain for the users of its listeners. */
    public static final String SECURITY_INFLOW =
            "In WildFly set the system property smtpra.security.domain to a security"
            + " domain of the Elytron subsystem, and deploy again; where an entry of the resource-adapters subsystem"
            + " configures the adapter, set its attributes wm-security=true and wm-elytron-security-domain as well:"
            + " docs/security.md.";

    private AdministratorHints() {}
}
