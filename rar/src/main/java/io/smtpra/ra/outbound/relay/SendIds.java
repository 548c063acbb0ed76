package io.smtpra.ra.outbound.relay;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Makes the ids of sendings: a part that no other process has, and a number. */
final class SendIds {

    private static final int PREFIX_BITS = 60;

    private final String prefix =
            Long.toString(new SecureRandom().nextLong() >>> (Long.SIZE - PREFIX_BITS), Character.MAX_RADIX)
                    .toUpperCase(Locale.ROOT);
    private final AtomicLong number = new AtomicLong();

    String next() {
        return prefix + "-" + Long.toString(number.incrementAndGet(), Character.MAX_RADIX).toUpperCase(Locale.ROOT);
    }
}
