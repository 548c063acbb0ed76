package io.smtpra.ra.authenticity;

import io.smtpra.Reply;
import io.smtpra.authenticity.Authenticity;
import io.smtpra.authenticity.DmarcPolicy;
import io.smtpra.authenticity.DmarcVerdict;
import io.smtpra.authenticity.SpfIdentity;
import io.smtpra.authenticity.SpfVerdict;
import io.smtpra.authenticity.Verdict;
import io.smtpra.authenticity.VerdictResult;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is to be said to a mail for its verdicts.
 *
 * @param reply the refusal
 * @param enforced whether it is said; otherwise it would be, were the policy to enforce
 */
public record Judgement(Reply reply, boolean enforced) {

    private static final int MAX_TEXT = 400;
    private static final int MAX_EXPLANATION = 200;
    private static final String NOT_NOW = " cannot be checked now, try again later";

    /**
     * Judges.
     *
     * @param client the address of the host that sends
     * @return a refusal, said or only thought: for good before for now; absent if there is nothing against the mail
     */
    public static Optional<Judgement> of(Authenticity authenticity, AuthenticityConfig config, String client) {
        if (authenticity.dkim().stream().filter(Verdict::passed)
                .anyMatch(verdict -> isTrusted(verdict.domain(), config.trustedSigners()))) {
            return Optional.empty();
        }
        Optional<Reply> ofDmarc = authenticity.dmarc().flatMap(Judgement::ofDmarc);
        Optional<Reply> ofSpf = authenticity.spf().flatMap(verdict -> ofSpf(verdict, client));
        return Stream.concat(of(ofDmarc, config.dmarc()), of(ofSpf, config.spf()))
                .min(Comparator.comparing((Judgement judgement) -> !judgement.enforced())
                        .thenComparing(judgement -> !judgement.reply().isPermanent()));
    }

    private static Stream<Judgement> of(Optional<Reply> reply, CheckPolicy policy) {
        return policy == CheckPolicy.OFF ? Stream.empty()
                : reply.map(said -> new Judgement(said, policy == CheckPolicy.ENFORCE)).stream();
    }

    private static boolean isTrusted(String domain, List<String> trusted) {
        return trusted.stream().anyMatch(one -> domain.equals(one) || domain.endsWith("." + one));
    }

    private static Optional<Reply> ofDmarc(DmarcVerdict verdict) {
        if (verdict.result() == VerdictResult.FAIL && verdict.policy().filter(DmarcPolicy.REJECT::equals).isPresent()) {
            return Optional.of(reply(550, "5.7.26", verdict.policyDomain().orElse(verdict.domain())
                    + " asks to refuse mail from " + verdict.domain()
                    + " that neither SPF nor DKIM proves (DMARC policy)"));
        }
        return verdict.result() == VerdictResult.TEMPERROR
                ? Optional.of(reply(451, "4.7.26", "DMARC of " + verdict.domain() + NOT_NOW))
                : Optional.empty();
    }

    private static Optional<Reply> ofSpf(SpfVerdict verdict, String client) {
        if (verdict.result() == VerdictResult.TEMPERROR) {
            return Optional.of(reply(451, "4.7.24", "SPF of " + verdict.domain() + NOT_NOW));
        }
        if (verdict.result() != VerdictResult.FAIL) {
            return Optional.empty();
        }
        String who = verdict.identity() == SpfIdentity.HELO ? "is not " + verdict.domain()
                : "does not send for " + verdict.domain();
        String explanation = verdict.explanation().map(text -> ": " + cut(text, MAX_EXPLANATION)).orElse("");
        return Optional.of(reply(550, "5.7.23", client + " " + who + ", says its SPF record" + explanation));
    }

    private static Reply reply(int code, String status, String text) {
        return Reply.of(code, status, cut(text, MAX_TEXT));
    }

    private static String cut(String text, int length) {
        return (text.length() > length ? text.substring(0, length) : text).replaceAll("[^ -~]", "?");
    }
}
