package io.smtpra.ra.authenticity.spf;

import io.smtpra.authenticity.VerdictResult;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A mechanism of a record (RFC 7208 section 5).
 *
 * @param kind which one
 * @param result what it comes to if it matches
 * @param domain whose addresses it means, where it names one
 * @param network the network of {@code ip4} and {@code ip6}, else empty
 * @param prefix4 how many bits of an IPv4 address have to agree
 * @param prefix6 the same of an IPv6 address
 * @param text as it stands in the record
 */
record SpfTerm(Kind kind, VerdictResult result, Optional<MacroText> domain, byte[] network, int prefix4, int prefix6,
        String text) {

    /** The mechanisms. */
    enum Kind {
        ALL, INCLUDE, A, MX, PTR, IP4, IP6, EXISTS
    }

    private static final Map<String, Kind> KINDS = Arrays.stream(Kind.values())
            .collect(Collectors.toMap(kind -> kind.name().toLowerCase(Locale.ROOT), Function.identity()));
    private static final Map<String, VerdictResult> QUALIFIERS = Map.of("", VerdictResult.PASS, "+", VerdictResult.PASS,
            "-", VerdictResult.FAIL, "~", VerdictResult.SOFTFAIL, "?", VerdictResult.NEUTRAL);
    private static final Pattern FORM = Pattern.compile("([+\\-?~]?)([A-Za-z0-9]+)(?:([:/])(.*))?", Pattern.DOTALL);
    private static final Pattern DUAL_PREFIX =
            Pattern.compile("(.*?)(?:/(\\d{1,3}))?(?://(\\d{1,3}))?", Pattern.DOTALL);
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;
    private static final byte[] NO_NETWORK = {};

    static SpfTerm parse(String text) throws SpfSyntaxException {
        Matcher form = FORM.matcher(text);
        Kind kind = form.matches() ? KINDS.get(form.group(2).toLowerCase(Locale.ROOT)) : null;
        if (kind == null) {
            throw new SpfSyntaxException("'" + text + "' is no mechanism");
        }
        VerdictResult result = QUALIFIERS.get(form.group(1));
        // what follows the name, a slash included
        boolean hasValue = ":".equals(form.group(3));
        String rest = form.group(3) == null ? "" : hasValue ? form.group(4) : "/" + form.group(4);
        return switch (kind) {
            case ALL -> plain(kind, result, text, requireNothing(text, form.group(3) == null));
            case INCLUDE, EXISTS -> plain(kind, result, text, Optional.of(MacroText.domain(hasValue ? rest : "")));
            case PTR -> plain(kind, result, text, hasValue ? Optional.of(MacroText.domain(rest))
                    : requireNothing(text, rest.isEmpty()));
            case A, MX -> addresses(kind, result, text, rest, hasValue);
            case IP4, IP6 -> network(kind, result, text, hasValue ? rest : "");
        };
    }

    private static SpfTerm plain(Kind kind, VerdictResult result, String text, Optional<MacroText> domain) {
        return new SpfTerm(kind, result, domain, NO_NETWORK, IPV4_BITS, IPV6_BITS, text);
    }

    private static Optional<MacroText> requireNothing(String text, boolean nothing) throws SpfSyntaxException {
        if (!nothing) {
            throw new SpfSyntaxException("'" + text + "' has a value where none is allowed");
        }
        return Optional.empty();
    }

    private static SpfTerm addresses(Kind kind, VerdictResult result, String text, String rest, boolean hasValue)
            throws SpfSyntaxException {
        Matcher dual = DUAL_PREFIX.matcher(rest);
        if (!dual.matches()) {
            throw new SpfSyntaxException("'" + text + "' cannot be read");
        }
        Optional<MacroText> domain = hasValue ? Optional.of(MacroText.domain(dual.group(1))) : Optional.empty();
        if (!hasValue && !dual.group(1).isEmpty()) {
            throw new SpfSyntaxException("'" + text + "' cannot be read");
        }
        return new SpfTerm(kind, result, domain, NO_NETWORK,
                prefix(dual.group(2), IPV4_BITS, text), prefix(dual.group(3), IPV6_BITS, text), text);
    }

    private static SpfTerm network(Kind kind, VerdictResult result, String text, String rest)
            throws SpfSyntaxException {
        boolean ipv6 = kind == Kind.IP6;
        int slash = rest.indexOf('/');
        String address = slash < 0 ? rest : rest.substring(0, slash);
        byte[] octets = ClientAddress.parse(address, ipv6)
                .orElseThrow(() -> new SpfSyntaxException("'" + text + "' has no address"));
        int bits = ipv6 ? IPV6_BITS : IPV4_BITS;
        int prefix = prefix(slash < 0 ? null : rest.substring(slash + 1), bits, text);
        return new SpfTerm(kind, result, Optional.empty(), octets, prefix, prefix, text);
    }

    /** RFC 7208 section 5.6: no zero in front. */
    private static int prefix(String digits, int bits, String text) throws SpfSyntaxException {
        if (digits == null) {
            return bits;
        }
        if (!digits.matches("0|[1-9]\\d{0,2}") || Integer.parseInt(digits) > bits) {
            throw new SpfSyntaxException("'" + text + "' has a wrong length of a prefix");
        }
        return Integer.parseInt(digits);
    }

    /** Whether evaluating it asks the DNS, of which there may be ten (RFC 7208 section 4.6.4). */
    boolean isCounted() {
        return kind != Kind.ALL && kind != Kind.IP4 && kind != Kind.IP6;
    }
}
