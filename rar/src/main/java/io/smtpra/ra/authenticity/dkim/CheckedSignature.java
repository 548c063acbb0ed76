package io.smtpra.ra.authenticity.dkim;

import io.smtpra.authenticity.DkimVerdict;
import io.smtpra.authenticity.DnsAnswer;
import io.smtpra.authenticity.DnsLookup;
import io.smtpra.authenticity.DnsRecordType;
import io.smtpra.authenticity.VerdictResult;
import io.smtpra.ra.log.AuthenticityMessages;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** One signature on its way to a verdict. */
final class CheckedSignature {

    private static final Pattern ALGORITHM = Pattern.compile("[A-Za-z0-9-]{1,40}");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/=]*");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int MAX_IDENTITY = 320;
    /** So much tells it from others of the same domain (RFC 6008 section 4). */
    private static final int SHOWN = 12;

    private final HeaderFields.Field field;
    private Optional<TagList> tags = Optional.empty();
    private Optional<SignatureTags> signature = Optional.empty();
    private Optional<DkimFault> fault = Optional.empty();
    private Optional<CompletableFuture<DnsAnswer>> asked = Optional.empty();
    private Optional<KeyRecord> key = Optional.empty();
    private boolean validated;

    CheckedSignature(HeaderFields.Field field) {
        this.field = field;
        try {
            tags = Optional.of(TagList.parse(field.value()));
            signature = Optional.of(SignatureTags.of(tags.get()));
        } catch (DkimFault e) {
            fault = Optional.of(e);
        }
    }

    /** It will not be checked. */
    void fail(DkimFault why) {
        fault = fault.or(() -> Optional.of(why));
    }

    /** What is to be checked, unless it has failed already. */
    Optional<SignatureTags> signature() {
        return fault.isPresent() ? Optional.empty() : signature;
    }

    void askForKey(DnsLookup dns) {
        asked = signature().map(known -> dns.ask(DomainKeys.name(known), DnsRecordType.TXT));
    }

    /** The answer to where its key is; there is one at once where nothing is to be checked. */
    CompletableFuture<DnsAnswer> answer() {
        return asked.orElseGet(() -> CompletableFuture.completedFuture(
                new DnsAnswer(DnsAnswer.Status.NO_NAME, List.of(), false, "")));
    }

    /**
     * Checks it.
     *
     * @param body the hash of the body in its form
     */
    void check(SignatureTags known, DnsAnswer answer, DomainKeys keys, SignedHeader header, BodyDigest.Value body) {
        try {
            validated = answer.validated();
            KeyRecord found = keys.of(answer, known);
            key = Optional.of(found);
            found.check(known);
            if (known.bodyLength().orElse(0) > body.length()) {
                throw DkimFault.permanent("more of the body is signed (l=) than there is");
            }
            if (!Arrays.equals(body.hash(), known.bodyHash())) {
                throw new DkimFault(VerdictResult.FAIL, "the body has been changed");
            }
            if (!found.algorithm().verify(
                    header.octets(known.signedHeaders(), known.header(), field), known.signature(), found.key())) {
                throw badSignature();
            }
        } catch (GeneralSecurityException e) {
            // The signature is not even as long as one of this key.
            fail(badSignature());
        } catch (DkimFault e) {
            fail(e);
        } catch (RuntimeException e) {
            AuthenticityMessages.LOG.signatureNotChecked(known.domain(), e);
            fail(DkimFault.permanent("it was not checked, for a fault of the verifier"));
        }
    }

    /** What is right, and yet not to be relied on. */
    void checkPolicy(SignatureTags known, boolean partialBodies, BodyDigest.Value body, int authors, Clock clock) {
        if (known.expires().orElse(Long.MAX_VALUE) < clock.instant().getEpochSecond()) {
            fail(policy("it has expired at " + instant(known.expires().getAsLong())));
        }
        if (authors != 1) {
            fail(policy("the mail has " + authors + " From fields"));
        }
        if (!partialBodies && known.bodyLength().orElse(Long.MAX_VALUE) < body.length()) {
            fail(policy("only " + known.bodyLength().getAsLong() + " of the " + body.length()
                    + " octets of the body are signed (l=)"));
        }
        if (key.filter(KeyRecord::testing).isPresent()) {
            fail(policy("its domain is only trying (t=y)"));
        }
    }

    DkimVerdict verdict() {
        boolean testing = key.filter(KeyRecord::testing).isPresent();
        VerdictResult result = fault.map(DkimFault::result).orElse(VerdictResult.PASS);
        // RFC 6376 section 3.6.1: with t=y even what fails is as good as not signed.
        VerdictResult told = testing && result == VerdictResult.FAIL ? VerdictResult.NEUTRAL : result;
        return new DkimVerdict(told,
                tags.flatMap(SignatureTags::domain).orElse(""),
                tags.flatMap(SignatureTags::selector).orElse(""),
                tags.flatMap(known -> known.get("a")).map(CheckedSignature::algorithm).orElse(""),
                key.map(found -> OptionalInt.of(found.bits())).orElse(OptionalInt.empty()),
                signature.map(SignatureTags::signedHeaders).orElse(List.of()),
                signature.map(SignatureTags::bodyLength).orElse(OptionalLong.empty()),
                signature.map(SignatureTags::identity).map(CheckedSignature::harmless).orElse(""),
                tags.flatMap(known -> known.get("b")).map(CheckedSignature::shown).orElse(""),
                testing,
                fault.map(Throwable::getMessage).map(CheckedSignature::harmless).orElse(""),
                validated);
    }

    private static DkimFault badSignature() {
        return new DkimFault(VerdictResult.FAIL,
                "a signed header field has been changed, or its key is not the one that signed");
    }

    private static DkimFault policy(String reason) {
        return new DkimFault(VerdictResult.POLICY, reason);
    }

    private static String instant(long seconds) {
        return Instant.ofEpochSecond(Math.min(seconds, Instant.MAX.getEpochSecond())).toString();
    }

    private static String algorithm(String written) {
        return ALGORITHM.matcher(written).matches() ? written.toLowerCase(Locale.ROOT) : "";
    }

    private static String shown(String written) {
        String signature = TagList.withoutWhiteSpace(written);
        String start = signature.substring(0, Math.min(SHOWN, signature.length()));
        return BASE64.matcher(start).matches() ? start : "";
    }

    private static String harmless(String text) {
        String line = CONTROL.matcher(text).replaceAll("?");
        return line.substring(0, Math.min(MAX_IDENTITY, line.length()));
    }
}
