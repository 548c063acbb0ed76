package io.smtpra.ra.inbound.smtp.hook;

import io.smtpra.authenticity.Authenticity;
import io.smtpra.authenticity.Verdict;
import io.smtpra.authenticity.VerdictResult;
import io.smtpra.ra.authenticity.Judgement;
import io.smtpra.ra.telemetry.Statistic;
import io.smtpra.ra.telemetry.Telemetry;
import java.util.Map;
import java.util.Optional;

/** Counts what SPF, DKIM and DMARC said, and what followed. */
final class VerdictCounts {

    /** Results that do not occur with a method have no figure. */
    private static final Map<String, Map<VerdictResult, Statistic>> FIGURES = Map.of(
            "spf", Map.of(
                    VerdictResult.PASS, Statistic.SPF_PASS,
                    VerdictResult.FAIL, Statistic.SPF_FAIL,
                    VerdictResult.SOFTFAIL, Statistic.SPF_SOFTFAIL,
                    VerdictResult.NEUTRAL, Statistic.SPF_NEUTRAL,
                    VerdictResult.NONE, Statistic.SPF_NONE,
                    VerdictResult.TEMPERROR, Statistic.SPF_TEMPERROR,
                    VerdictResult.PERMERROR, Statistic.SPF_PERMERROR),
            "dkim", Map.of(
                    VerdictResult.PASS, Statistic.DKIM_PASS,
                    VerdictResult.FAIL, Statistic.DKIM_FAIL,
                    VerdictResult.POLICY, Statistic.DKIM_POLICY,
                    VerdictResult.NEUTRAL, Statistic.DKIM_NEUTRAL,
                    VerdictResult.TEMPERROR, Statistic.DKIM_TEMPERROR,
                    VerdictResult.PERMERROR, Statistic.DKIM_PERMERROR),
            "dmarc", Map.of(
                    VerdictResult.PASS, Statistic.DMARC_PASS,
                    VerdictResult.FAIL, Statistic.DMARC_FAIL,
                    VerdictResult.NONE, Statistic.DMARC_NONE,
                    VerdictResult.TEMPERROR, Statistic.DMARC_TEMPERROR,
                    VerdictResult.PERMERROR, Statistic.DMARC_PERMERROR));

    private VerdictCounts() {}

    static void count(Telemetry telemetry, Authenticity authenticity, Optional<Judgement> judgement) {
        for (Verdict verdict : authenticity.verdicts()) {
            Statistic figure = FIGURES.getOrDefault(verdict.method(), Map.of()).get(verdict.result());
            if (figure != null) {
                telemetry.count(figure);
            }
        }
        judgement.ifPresent(refusal -> telemetry.count(
                refusal.enforced() ? Statistic.VERDICTS_REFUSED : Statistic.VERDICTS_WOULD_REFUSE));
    }
}
