package io.smtpra.ra.server;

/**
 * Whether the server resumes right now: WildFly activates the beans of all deployments at the end of its boot, and
 * those that were suspended or paused by a management operation. If an activation or its validation throws then, the
 * boot ends the server ({@code WFLYSRV0056}), and {@code :resume} fails half way; even a bean whose deployment has
 * failed before is activated once more. A deployment runs on another thread, and there an exception fails that
 * deployment alone.
 */
public final class ServerResumption {

    private static final String BOOT_THREAD = "Controller Boot Thread";
    private static final String MANAGEMENT_THREAD = "management-handler-thread";

    private ServerResumption() {}

    public static boolean isUnderWay() {
        String thread = Thread.currentThread().getName();
        return thread.equals(BOOT_THREAD) || thread.startsWith(MANAGEMENT_THREAD);
    }
}
