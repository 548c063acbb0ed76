package io.smtpra.mail;

/**
 * How far a mail is looked into. What lies past a limit is kept as it is: a part that nobody looks into, whose octets
 * can be read like those of any attachment. The mail itself is never refused for it.
 *
 * @param maxDepth how deep parts may lie within each other: multiparts and messages within messages
 * @param maxParts how many parts a mail may have, all levels together; the last one takes in all that follows
 * @param maxHeaderOctets octets that all headers of a mail may have together, those of its parts included
 * @param maxTextOctets octets of a text, once decoded; a longer one is cut off there where it is asked for as a string
 */
public record MailLimits(int maxDepth, int maxParts, int maxHeaderOctets, int maxTextOctets) {

    /** What no honest mail comes near: 100 levels, 10,000 parts, 1 MiB of headers, 4 MiB of one text. */
    public static final MailLimits DEFAULT = new MailLimits(100, 10_000, 1 << 20, 1 << 22);

    /** The deepest nesting that can be allowed. */
    public static final int MOST_DEPTH = 500;

    /** The most parts that can be allowed. */
    public static final int MOST_PARTS = 1_000_000;

    /** The most octets that can be allowed, of headers and of a text. */
    public static final int MOST_OCTETS = 1 << 30;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is out of range; the message names it
     */
    public MailLimits {
        require("maxDepth", maxDepth, 1, MOST_DEPTH);
        require("maxParts", maxParts, 1, MOST_PARTS);
        require("maxHeaderOctets", maxHeaderOctets, 1, MOST_OCTETS);
        require("maxTextOctets", maxTextOctets, 1, MOST_OCTETS);
    }

    private static void require(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ", allowed: " + least + " to " + most);
        }
    }
}
