package io.smtpra.ra.inbound.delivery;

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

    /** One more waits for it; true if it is the first. */
    boolean startWaiting() {
        return ++waiting == 1;
    }

    /** One less waits for it; true if it was the last. */
    boolean stopWaiting() {
        return --waiting == 0;
    }
}
