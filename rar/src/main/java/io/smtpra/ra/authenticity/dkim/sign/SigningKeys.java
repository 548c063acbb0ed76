package io.smtpra.ra.authenticity.dkim.sign;

import io.smtpra.idna.DomainName;
import io.smtpra.mail.MailAddress;
import io.smtpra.ra.authenticity.dkim.HeaderFields;
import io.smtpra.ra.log.AuthenticityMessages;
import io.smtpra.ra.tls.Reloadable;
import io.smtpra.ra.tls.TlsConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The keys of a connection factory, and for whom each signs. Files that have changed are read anew, without a thread of
 * its own: whoever sends looks, now and then. What cannot be read leaves the former in use.
 */
public final class SigningKeys {

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final Reloadable<Map<String, MailSigner>> signers;
    private final boolean byAuthor;
    private final long interval;
    private final AtomicLong lookedAt = new AtomicLong(System.nanoTime());

    private SigningKeys(KeyFiles files, Duration interval) throws TlsConfigurationException {
        this.signers = new Reloadable<>("Keys for DKIM", files::all, files::load);
        this.byAuthor = files instanceof KeyFiles.Directory;
        this.interval = interval.toNanos();
    }

    /**
     * Reads keys.
     *
     * @param files where they are
     * @return the keys
     * @throws TlsConfigurationException if one cannot be used, and why
     */
    public static SigningKeys open(KeyFiles files) throws TlsConfigurationException {
        return open(files, INTERVAL);
    }

    /** Likewise, and how long a look at the files counts. */
    static SigningKeys open(KeyFiles files, Duration interval) throws TlsConfigurationException {
        return new SigningKeys(files, interval);
    }

    /**
     * Who signs a mail.
     *
     * @param header its header
     * @return absent if nobody signs for its author, or if there is no author, or more than one field that tells it:
     *     nobody should vouch for such a mail (RFC 6376 section 8.15)
     */
    public Optional<MailSigner> signer(HeaderFields header) {
        Map<String, MailSigner> current = current();
        Optional<String> from = header.only("from");
        if (header.isTooLong()) {
            AuthenticityMessages.LOG.notSignedHeaderTooLong(HeaderFields.MAX_OCTETS);
            return Optional.empty();
        }
        if (from.isEmpty()) {
            AuthenticityMessages.LOG.notSignedNoAuthor(header.count("from"));
            return Optional.empty();
        }
        if (!byAuthor) {
            return current.values().stream().findFirst();
        }
        return domain(from.get()).flatMap(domain -> nearest(current, domain));
    }

    private Map<String, MailSigner> current() {
        long last = lookedAt.get();
        long now = System.nanoTime();
        if (now - last >= interval && lookedAt.compareAndSet(last, now)) {
            signers.reloadIfChanged();
        }
        return signers.current();
    }

    /** That of the domain itself, or of the nearest above it, which may sign for it. */
    private static Optional<MailSigner> nearest(Map<String, MailSigner> signers, String domain) {
        String name = domain;
        while (true) {
            MailSigner signer = signers.get(name);
            int dot = name.indexOf('.');
            if (signer != null || dot < 0) {
                return Optional.ofNullable(signer);
            }
            name = name.substring(dot + 1);
        }
    }

    /** That of the first author. */
    private static Optional<String> domain(String from) {
        List<MailAddress> authors = MailAddress.parse(from);
        String address = authors.isEmpty() ? "" : authors.get(0).address();
        try {
            return Optional.of(DomainName.parse(address.substring(address.lastIndexOf('@') + 1)).ascii());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
