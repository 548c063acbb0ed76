package io.smtpra.idna;

import java.util.Locale;

/**
 * A domain name: one value for each domain, however it was written. {@code Faß.DE}, {@code faß.de.} and
 * {@code xn--fa-hia.de} are equal; {@code fass.de} is another.
 *
 * <p>Names outside ASCII are read by IDNA 2008 (RFC 5890 to 5893) after the mapping of UTS 46 in its non-transitional
 * form: letters become small, wide letters narrow, and {@code 。} is a dot. Labels of ASCII letters, digits, hyphens and
 * underscores are taken as they are: a label that begins with {@code xn--} and is no valid A-label is a name like any
 * other.
 */
public final class DomainName {

    /** The longest name in its ASCII form, in octets (RFC 1035 section 3.1, without the length octets at its ends). */
    public static final int MAX_LENGTH = 253;

    /** The longest label in its ASCII form, in octets (RFC 1035 section 2.3.4). */
    public static final int MAX_LABEL = 63;

    /** More characters than this are not mapped at all, whatever might vanish of them. */
    private static final int MAX_TEXT = 4 * MAX_LENGTH;

    private final String ascii;

    private DomainName(String ascii) {
        this.ascii = ascii;
    }

    /**
     * Reads a domain name. An underscore is taken, as the DNS takes it, and so is a dot at the end, which is dropped.
     * The message of the exception never repeats what was refused.
     *
     * @param text as {@code example.com}, {@code faß.de} or {@code xn--fa-hia.de}
     * @return the name
     * @throws IllegalArgumentException if it is none
     */
    public static DomainName parse(String text) {
        if (text.length() > MAX_TEXT) {
            throw Uts46.refused();
        }
        String name = isAscii(text) ? text.toLowerCase(Locale.ROOT) : Uts46.toAscii(text);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        checkAscii(name);
        return new DomainName(name);
    }

    /**
     * The name in ASCII: the form that DNS, certificates and a mail without SMTPUTF8 need, and the form to compare by.
     *
     * @return A-labels and labels in ASCII, in small letters, without a dot at the end
     */
    public String ascii() {
        return ascii;
    }

    /**
     * The name for people.
     *
     * @return the same with U-labels in place of A-labels, as far as these are valid (RFC 5891 section 5.4)
     */
    public String unicode() {
        return ascii.contains(Uts46.ACE_PREFIX) ? Uts46.toUnicode(ascii) : ascii;
    }

    /**
     * Whether each label is of letters, digits and inner hyphens, which is what RFC 5321 section 4.1.2 allows.
     *
     * @return false if there is an underscore in it
     */
    public boolean isHostName() {
        return ascii.indexOf('_') < 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DomainName name && name.ascii.equals(ascii);
    }

    @Override
    public int hashCode() {
        return ascii.hashCode();
    }

    /** The name in ASCII. */
    @Override
    public String toString() {
        return ascii;
    }

    private static void checkAscii(String name) {
        if (name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("A domain has at most " + MAX_LENGTH + " octets");
        }
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            if (i == name.length() || name.charAt(i) == '.') {
                checkLabel(name, start, i);
                start = i + 1;
            } else if (!isLabelCharacter(name.charAt(i))) {
                throw Uts46.refused();
            }
        }
    }

    private static void checkLabel(String name, int start, int end) {
        if (end == start || end - start > MAX_LABEL || name.charAt(start) == '-' || name.charAt(end - 1) == '-') {
            throw Uts46.refused();
        }
    }

    private static boolean isLabelCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }
}
