package io.smtpra.idna;

import java.util.Optional;

/** Labels outside ASCII as letters, digits and hyphens (RFC 3492). */
final class Punycode {

    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int INITIAL_N = 128;
    private static final char DELIMITER = '-';

    private Punycode() {}

    /** RFC 3492 section 6.3; a label is short enough that no number of it overflows. */
    static String encode(String label) {
        int[] codePoints = label.codePoints().toArray();
        StringBuilder out = new StringBuilder();
        label.chars().filter(c -> c < INITIAL_N).forEach(c -> out.append((char) c));
        int basic = out.length();
        if (basic > 0) {
            out.append(DELIMITER);
        }
        int n = INITIAL_N;
        int delta = 0;
        int bias = INITIAL_BIAS;
        for (int handled = basic; handled < codePoints.length;) {
            int next = leastFrom(codePoints, n);
            delta += (next - n) * (handled + 1);
            n = next;
            for (int c : codePoints) {
                if (c < n) {
                    delta++;
                } else if (c == n) {
                    appendNumber(delta, bias, out);
                    bias = adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
            delta++;
            n++;
        }
        return out.toString();
    }

    /** RFC 3492 section 6.2; nothing for what is not Punycode. */
    static Optional<String> decode(String text) {
        int delimiter = Math.max(text.lastIndexOf(DELIMITER), 0);
        StringBuilder out = new StringBuilder(text.substring(0, delimiter));
        int length = delimiter;
        int n = INITIAL_N;
        int i = 0;
        int bias = INITIAL_BIAS;
        int at = delimiter > 0 ? delimiter + 1 : 0;
        while (at < text.length()) {
            int end = endOfNumber(text, at, bias);
            long sum = end < 0 ? Long.MAX_VALUE : i + number(text, at, end, bias);
            if (sum > Integer.MAX_VALUE) {
                return Optional.empty();
            }
            at = end;
            length++;
            bias = adapt((int) sum - i, length, i == 0);
            n += (int) (sum / length);
            i = (int) (sum % length);
            if (n > Character.MAX_CODE_POINT || n >= Character.MIN_SURROGATE && n <= Character.MAX_SURROGATE) {
                return Optional.empty();
            }
            out.insert(out.offsetByCodePoints(0, i), Character.toChars(n));
            i++;
        }
        return Optional.of(out.toString());
    }

    /** The index behind the number that begins at an index: its last digit is below its threshold. */
    private static int endOfNumber(String text, int start, int bias) {
        for (int at = start; at < text.length(); at++) {
            int digit = digit(text.charAt(at));
            if (digit < threshold(BASE * (at - start + 1), bias)) {
                return digit < 0 ? -1 : at + 1;
            }
        }
        return -1;
    }

    private static long number(String text, int start, int end, int bias) {
        long value = 0;
        long weight = 1;
        for (int at = start; at < end && value <= Integer.MAX_VALUE; at++) {
            if (weight > Integer.MAX_VALUE) {
                return Integer.MAX_VALUE + 1L;
            }
            value += digit(text.charAt(at)) * weight;
            weight *= BASE - threshold(BASE * (at - start + 1), bias);
        }
        return value;
    }

    private static int leastFrom(int[] codePoints, int from) {
        int least = Integer.MAX_VALUE;
        for (int c : codePoints) {
            if (c >= from && c < least) {
                least = c;
            }
        }
        return least;
    }

    private static void appendNumber(int number, int bias, StringBuilder out) {
        int rest = number;
        for (int k = BASE;; k += BASE) {
            int threshold = threshold(k, bias);
            if (rest < threshold) {
                out.append(letter(rest));
                return;
            }
            out.append(letter(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    private static int threshold(int k, int bias) {
        return Math.min(Math.max(k - bias, T_MIN), T_MAX);
    }

    private static int adapt(int delta, int points, boolean first) {
        int rest = first ? delta / DAMP : delta / 2;
        rest += rest / points;
        int k = 0;
        while (rest > (BASE - T_MIN) * T_MAX / 2) {
            rest /= BASE - T_MIN;
            k += BASE;
        }
        return k + (BASE - T_MIN + 1) * rest / (rest + SKEW);
    }

    /** Digits are a to z, then 0 to 9 (RFC 3492 section 5). */
    private static char letter(int digit) {
        return (char) (digit < 26 ? 'a' + digit : '0' + digit - 26);
    }

    private static int digit(char c) {
        if (c >= 'a' && c <= 'z') {
            return c - 'a';
        }
        return c >= '0' && c <= '9' ? c - '0' + 26 : -1;
    }
}
