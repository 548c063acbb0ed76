package io.smtpra.ejb.store;

/**
 * What one check of a stored mail came to.
 *
 * @param method the kind of check: {@code spf}, {@code dkim}, {@code dmarc}
 * @param result its keyword, as {@code pass}
 * @param domain that it is about; empty if there is none
 * @param reason why it is so; empty if there is nothing to say. A stranger may have written some of it
 */
public record StoredVerdict(String method, String result, String domain, String reason) {
}
