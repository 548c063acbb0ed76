package io.smtpra.ra.authenticity.dkim.sign;

import java.util.List;
import java.util.Objects;

/**
 * Who signs: a domain with its keys, each of which makes a signature of its own, so that who knows only RSA finds one
 * as well as who wants Ed25519 (RFC 8463 section 3).
 *
 * @param domain in ASCII
 * @param keys its keys
 */
public record MailSigner(String domain, List<SigningKey> keys) {

    /** Copies the list. */
    public MailSigner {
        Objects.requireNonNull(domain, "domain");
        keys = List.copyOf(keys);
    }
}
