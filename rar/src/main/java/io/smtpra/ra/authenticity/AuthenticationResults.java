package io.smtpra.ra.authenticity;

import io.smtpra.authenticity.Authenticity;
import io.smtpra.authenticity.DkimVerdict;
import io.smtpra.authenticity.DmarcVerdict;
import io.smtpra.authenticity.SpfIdentity;
import io.smtpra.authenticity.SpfVerdict;
import io.smtpra.authenticity.Verdict;
import io.smtpra.authenticity.VerdictResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Writes the header {@code Authentication-Results} (RFC 8601). */
public final class AuthenticationResults {

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._-]{1,300}");
    private static final int MAX_VALUE = 300;

    private AuthenticationResults() {}

    /**
     * The header, with its line end.
     *
     * @param hostName whose results they are
     */
    public static byte[] header(String hostName, Authenticity authenticity) {
        StringBuilder text = new StringBuilder(400).append("Authentication-Results: ").append(hostName);
        for (Verdict verdict : authenticity.verdicts()) {
            result(text, verdict);
        }
        if (authenticity.dmarc().isPresent() && authenticity.dkim().isEmpty()) {
            text.append(";\r\n\tdkim=").append(VerdictResult.NONE.keyword());
        }
        if (!authenticity.isChecked()) {
            text.append("; none");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void result(StringBuilder text, Verdict verdict) {
        text.append(";\r\n\t").append(verdict.method()).append('=').append(verdict.result().keyword());
        if (!verdict.reason().isEmpty()) {
            text.append("\r\n\t reason=").append(quoted(verdict.reason())).append("\r\n\t");
        }
        if (verdict instanceof SpfVerdict spf) {
            property(text, spf.identity() == SpfIdentity.HELO ? "smtp.helo" : "smtp.mailfrom", spf.domain());
        } else if (verdict instanceof DkimVerdict dkim) {
            property(text, "header.d", dkim.domain());
            property(text, "header.s", dkim.selector());
            property(text, "header.a", dkim.algorithm());
            property(text, "header.b", dkim.signature());
        } else if (verdict instanceof DmarcVerdict dmarc) {
            property(text, "header.from", dmarc.domain());
            dmarc.policy().ifPresent(policy ->
                    property(text, "policy.dmarc", policy.name().toLowerCase(Locale.ROOT)));
        }
    }

    private static void property(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append(' ').append(name).append('=').append(WORD.matcher(value).matches() ? value : quoted(value));
        }
    }

    private static String quoted(String value) {
        StringBuilder text = new StringBuilder().append('"');
        value.chars().limit(MAX_VALUE).forEach(character -> {
            if (character == '"' || character == '\\') {
                text.append('\\');
            }
            text.append(character < ' ' || character > '~' ? '?' : (char) character);
        });
        return text.append('"').toString();
    }
}
