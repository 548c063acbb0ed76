package io.smtpra.ra.inbound;

/**
 * Whether the server boots right now. WildFly activates the beans of all deployments when it resumes at the end of its
 * boot, and ends itself ({@code WFLYSRV0056}) if an activation or its validation throws there; at any other time that
 * fails the deployment alone. So while it boots, a bean that cannot be activated is logged and left out.
 */
final class ServerBoot {

    private static final String WILDFLY_BOOT_THREAD = "Controller Boot Thread";

    private ServerBoot() {}

    static boolean isUnderWay() {
        return Thread.currentThread().getName().equals(WILDFLY_BOOT_THREAD);
    }
}
