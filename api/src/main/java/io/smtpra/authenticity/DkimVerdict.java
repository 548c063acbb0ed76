package io.smtpra.authenticity;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What one {@code DKIM-Signature} of the mail is worth (RFC 6376). Who passes has signed: the domain vouches for what
 * was signed, and for nothing else.
 *
 * @param result what it came to
 * @param domain who has signed, the tag {@code d=}; empty if it could not be read
 * @param selector which of the domain's keys, the tag {@code s=}; empty if it could not be read
 * @param algorithm as {@code rsa-sha256} or {@code ed25519-sha256}; empty if it could not be read
 * @param keyBits the length of the domain's key in bits, where the key was found
 * @param signedHeaders the names of the headers that were signed, in the order of the tag {@code h=}, in lower case
 * @param signedBodyLength how many octets of the body were signed, where the signer did not sign it to its end (the tag
 *     {@code l=}): anybody can add to such a mail
 * @param identity for whom the domain has signed, the tag {@code i=} or what stands for it; empty if it could not be
 *     read
 * @param signature the first characters of the signature, which tell it from others of the same domain
 * @param testing whether the domain says that it is only trying (the flag {@code t=y} of its key)
 * @param reason why it did not pass; otherwise empty
 * @param validated whether the key came with a DNS answer that was validated (DNSSEC) by the resolver
 */
public record DkimVerdict(
        VerdictResult result,
        String domain,
        String selector,
        String algorithm,
        OptionalInt keyBits,
        List<String> signedHeaders,
        OptionalLong signedBodyLength,
        String identity,
        String signature,
        boolean testing,
        String reason,
        boolean validated) implements Verdict {

    /** Copies the list and refuses nulls. */
    public DkimVerdict {
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(domain, "domain");
        Objects.requireNonNull(selector, "selector");
        Objects.requireNonNull(algorithm, "algorithm");
        Objects.requireNonNull(keyBits, "keyBits");
        signedHeaders = List.copyOf(signedHeaders);
        Objects.requireNonNull(signedBodyLength, "signedBodyLength");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(signature, "signature");
        Objects.requireNonNull(reason, "reason");
    }

    @Override
    public String method() {
        return "dkim";
    }
}
