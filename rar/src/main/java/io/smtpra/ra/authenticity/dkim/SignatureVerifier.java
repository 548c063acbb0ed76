package io.smtpra.ra.authenticity.dkim;

import io.smtpra.MailContent;
import io.smtpra.authenticity.DkimVerdict;
import io.smtpra.authenticity.DnsLookup;
import io.smtpra.ra.authenticity.SignatureCheck;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Checks the signatures of a mail (RFC 6376 section 6), all in one pass. The DNS is asked for the keys while the body
 * is read.
 */
public final class SignatureVerifier implements SignatureCheck {

    /** More than a mail gathers on its way; each costs a look-up and a signature (section 8.4). */
    private static final int MAX_SIGNATURES = 10;
    private static final int BUFFER = 16 * 1_024;

    private final boolean partialBodies;
    private final Clock clock;
    private final DomainKeys keys = new DomainKeys();

    /** A verifier that does not rely on a signature over a part of the body. */
    public SignatureVerifier() {
        this(false, Clock.systemUTC());
    }

    /**
     * A verifier.
     *
     * @param partialBodies whether a signature over the beginning of the body alone (the tag {@code l=}) may pass
     * @param clock tells what has expired
     */
    public SignatureVerifier(boolean partialBodies, Clock clock) {
        this.partialBodies = partialBodies;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<List<DkimVerdict>> check(MailContent content, DnsLookup dns) throws IOException {
        try (InputStream in = content.open()) {
            byte[] buffer = new byte[BUFFER];
            HeaderFields header = new HeaderFields();
            int read = 0;
            int body = 0;
            while (!header.hasEnded() && read >= 0) {
                read = in.read(buffer);
                body = header.add(buffer, 0, Math.max(0, read));
            }
            header.end();
            List<CheckedSignature> signatures = header.named("dkim-signature").stream()
                    .limit(MAX_SIGNATURES).map(CheckedSignature::new).toList();
            if (header.isTooLong()) {
                signatures.forEach(signature -> signature.fail(DkimFault.permanent(
                        "the header of the mail is longer than " + HeaderFields.MAX_OCTETS + " octets")));
            }
            signatures.forEach(signature -> signature.askForKey(dns));
            Bodies bodies = new Bodies(signatures);
            while (read >= 0 && bodies.isNeeded()) {
                bodies.add(buffer, body, read);
                read = in.read(buffer);
                body = 0;
            }
            bodies.end();
            return verdicts(signatures, bodies, header);
        }
    }

    private CompletableFuture<List<DkimVerdict>> verdicts(
            List<CheckedSignature> signatures, Bodies bodies, HeaderFields header) {
        SignedHeader signed = new SignedHeader(header);
        int authors = header.count("from");
        List<CompletableFuture<DkimVerdict>> verdicts = signatures.stream()
                .map(signature -> signature.answer().thenApply(answer -> {
                    signature.signature().ifPresent(known -> {
                        BodyDigest.Value body = bodies.of(known);
                        signature.check(known, answer, keys, signed, body);
                        signature.checkPolicy(known, partialBodies, body, authors, clock);
                    });
                    return signature.verdict();
                })).toList();
        return CompletableFuture.allOf(verdicts.toArray(CompletableFuture[]::new))
                .thenApply(all -> verdicts.stream().map(CompletableFuture::join).toList());
    }

    /** The hashes of the body, one for all signatures that have it in the same form. */
    private static final class Bodies {

        private record Form(Canonicalization form, long limit) {

            static Form of(SignatureTags signature) {
                return new Form(signature.body(), signature.bodyLength().orElse(Long.MAX_VALUE));
            }
        }

        private final Map<Form, BodyDigest> digests = new HashMap<>(4);
        private final Map<Form, BodyDigest.Value> values = new HashMap<>(4);

        Bodies(List<CheckedSignature> signatures) {
            for (CheckedSignature signature : signatures) {
                signature.signature().map(Form::of).ifPresent(form ->
                        digests.computeIfAbsent(form, needed -> new BodyDigest(needed.form(), needed.limit())));
            }
        }

        boolean isNeeded() {
            return !digests.isEmpty();
        }

        void add(byte[] in, int from, int to) {
            for (BodyDigest digest : digests.values()) {
                digest.add(in, from, to);
            }
        }

        void end() {
            digests.forEach((form, digest) -> values.put(form, digest.end()));
        }

        BodyDigest.Value of(SignatureTags signature) {
            return values.get(Form.of(signature));
        }
    }
}
