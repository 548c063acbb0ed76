package io.smtpra.ra.inbound.smtp.content;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.function.Supplier;

/** Ids that sort by time and cannot be guessed: milliseconds since 1970, then 60 random bits. */
public final class MailIds implements Supplier<String> {

    private final SecureRandom random = new SecureRandom();

    @Override
    public String get() {
        String time = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        String chance = Long.toString(random.nextLong() >>> 4, Character.MAX_RADIX);
        return (time + "-" + "0".repeat(12 - chance.length()) + chance).toUpperCase(Locale.ROOT);
    }
}
