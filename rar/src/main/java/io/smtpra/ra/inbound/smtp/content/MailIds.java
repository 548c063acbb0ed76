package io.smtpra.ra.inbound.smtp.content;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.function.Supplier;

/** Ids that sort by time and cannot be guessed: milliseconds since 1970, then 60 random bits. */
public final class MailIds implements Supplier<String> {

    private static final int CHANCE_DIGITS = 12;

    private final SecureRandom random = new SecureRandom();

    @Override
    public String get() {
        String time = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        byte[] octets = new byte[Long.BYTES];
        random.nextBytes(octets);
        String chance = Long.toString(ByteBuffer.wrap(octets).getLong() >>> 4, Character.MAX_RADIX);
        StringBuilder id = new StringBuilder(time.length() + 1 + CHANCE_DIGITS).append(time).append('-');
        for (int i = chance.length(); i < CHANCE_DIGITS; i++) {
            id.append('0');
        }
        return id.append(chance).toString().toUpperCase(Locale.ROOT);
    }
}
