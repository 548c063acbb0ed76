package io.smtpra.queue.report;

import io.smtpra.Envelope;
import io.smtpra.Mailbox;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The reverse-path that brings reports back to the queue: {@code bounce+ID-CHECK@example.com} for the mailbox
 * {@code bounce@example.com}. The check is a message authentication code, so that nobody can make up a report of a mail
 * whose reverse-path he has not seen. The same word goes out as {@code ENVID}, which a server with DSN repeats.
 */
public final class ReturnPath {

    private static final String ALGORITHM = "HmacSHA256";
    /** 60 bits: an attacker can try only by sending mail. */
    private static final int CHECK_CHARACTERS = 12;
    private static final Pattern TOKEN = Pattern.compile("([0-9a-z]{1,13})-([0-9a-z]{" + CHECK_CHARACTERS + "})");
    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuv";

    private final Mailbox mailbox;
    private final SecretKeySpec key;

    /**
     * For one mailbox.
     *
     * @param mailbox to which the reports come, by an activation that takes it
     * @param secret that all nodes share
     */
    public ReturnPath(Mailbox mailbox, String secret) {
        this.mailbox = mailbox;
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /**
     * The envelope that a mail leaves with. One with the null reverse-path stays as it is: no report of it is wanted.
     *
     * @param id of the mail
     * @param envelope as the application gave it
     * @return the envelope
     */
    public Envelope outgoing(long id, Envelope envelope) {
        if (envelope.reversePath().isEmpty()) {
            return envelope;
        }
        return new Envelope(
                Optional.of(new Mailbox(mailbox.localPart() + "+" + token(id), mailbox.domain())),
                envelope.recipients(),
                envelope.bodyType(),
                envelope.smtpUtf8(),
                envelope.requireTls(),
                envelope.dsnReturn(),
                envelope.envelopeId().or(() -> Optional.of(token(id))),
                envelope.partial());
    }

    /**
     * Of which mail a report is that came to an address.
     *
     * @param recipient the address
     * @return its id, absent if it is none of this queue's making
     */
    public OptionalLong mail(Mailbox recipient) {
        String prefix = mailbox.localPart().toLowerCase(Locale.ROOT) + "+";
        String local = recipient.localPart().toLowerCase(Locale.ROOT);
        return recipient.asciiDomain().equals(mailbox.asciiDomain()) && local.startsWith(prefix)
                ? mail(local.substring(prefix.length())) : OptionalLong.empty();
    }

    /**
     * Of which mail a report is that repeats an envelope id.
     *
     * @param envelopeId the id
     * @return the mail's id, absent if it is none of this queue's making
     */
    public OptionalLong mail(String envelopeId) {
        Matcher matcher = TOKEN.matcher(envelopeId.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        try {
            long id = Long.parseLong(matcher.group(1), 36);
            // in constant time, as with every code of this kind
            return MessageDigest.isEqual(ascii(check(id)), ascii(matcher.group(2)))
                    ? OptionalLong.of(id) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * Whether this is the mailbox to which reports come.
     *
     * @param other an address
     */
    public boolean isAt(Mailbox other) {
        return other.equals(mailbox);
    }

    private String token(long id) {
        return Long.toString(id, 36) + "-" + check(id);
    }

    private String check(long id) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] code = mac.doFinal(ascii(Long.toString(id)));
            StringBuilder text = new StringBuilder(CHECK_CHARACTERS);
            for (int i = 0; i < CHECK_CHARACTERS; i++) {
                text.append(DIGITS.charAt(code[i] & 31));
            }
            return text.toString();
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every platform has " + ALGORITHM, e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
