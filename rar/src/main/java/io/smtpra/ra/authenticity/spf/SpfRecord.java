package io.smtpra.ra.authenticity.spf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A record (RFC 7208 section 4.6.1).
 *
 * @param mechanisms in their order
 * @param redirect whose record counts where no mechanism matches
 * @param explanation where the domain's words on a failure are
 */
record SpfRecord(List<SpfTerm> mechanisms, Optional<MacroText> redirect, Optional<MacroText> explanation) {

    private static final String VERSION = "v=spf1";
    private static final Pattern MODIFIER = Pattern.compile("([A-Za-z][A-Za-z0-9._-]*)=(.*)", Pattern.DOTALL);

    /** Whether a text of the DNS is a record. */
    static boolean isRecord(String text) {
        return text.regionMatches(true, 0, VERSION, 0, VERSION.length())
                && (text.length() == VERSION.length() || text.charAt(VERSION.length()) == ' ');
    }

    /** Reads a record whole: an error anywhere counts, also behind what decides. */
    static SpfRecord parse(String text) throws SpfSyntaxException {
        List<SpfTerm> mechanisms = new ArrayList<>();
        Optional<MacroText> redirect = Optional.empty();
        Optional<MacroText> explanation = Optional.empty();
        for (String term : text.substring(VERSION.length()).split(" +")) {
            Matcher modifier = MODIFIER.matcher(term);
            if (!modifier.matches()) {
                if (!term.isEmpty()) {
                    mechanisms.add(SpfTerm.parse(term));
                }
                continue;
            }
            String value = modifier.group(2);
            switch (modifier.group(1).toLowerCase(Locale.ROOT)) {
                case "redirect" -> redirect = once(redirect, term, value);
                case "exp" -> explanation = once(explanation, term, value);
                default -> MacroText.check(value);
            }
        }
        return new SpfRecord(List.copyOf(mechanisms), redirect, explanation);
    }

    private static Optional<MacroText> once(Optional<MacroText> before, String term, String value)
            throws SpfSyntaxException {
        if (before.isPresent()) {
            throw new SpfSyntaxException("'" + term + "' is there a second time");
        }
        return Optional.of(MacroText.domain(value));
    }
}
