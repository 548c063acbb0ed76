package io.smtpra.ra.inbound;

/** How many deliveries one activation may have, has, and is waited for. Guarded by {@link DeliveryPermits}. */
final class Quota {

    private final int max;
    private int used;
    private int waiting;

    Quota(int max) {
        this.max = max;
    }

    boolean isFree() {
        return used < max;
    }

    boolean isWaitedFor() {
        return waiting > 0;
    }

    void take() {
        used++;
    }

    void giveBack() {
        used--;
    }

    void startWaiting() {
        waiting++;
    }

    void stopWaiting() {
        waiting--;
    }
}
