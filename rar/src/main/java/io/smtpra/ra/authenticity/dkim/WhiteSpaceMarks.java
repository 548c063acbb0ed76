package io.smtpra.ra.authenticity.dkim;

import java.util.Arrays;

/**
 * Finds white space that the relaxed form of a body changes (RFC 6376 section 3.4.4): a tab, or a space with white
 * space or the end of a line behind it. Nearly all of a body has neither.
 *
 * <p>Written so that the JVM makes one step of 32 octets or more: {@link #mark} is without branches and over arrays
 * that begin at the same place, {@link Arrays#mismatch} is an intrinsic. Together they cost a third of looking at eight
 * octets at a time, with JDK 17 as with JDK 25; that is what the copies are for.
 */
final class WhiteSpaceMarks {

    /** So many octets are looked at in one go. */
    static final int PIECE = 16 * 1_024;

    private static final byte[] PLAIN = new byte[PIECE];
    private static final byte HIGH = (byte) 0x80;

    static {
        Arrays.fill(PLAIN, HIGH);
    }

    private byte[] octets = {};
    /** What stands behind each octet, and then its mark. */
    private byte[] marks = {};
    private int base;
    private int count;

    /** Looks at a piece of at most {@link #PIECE} octets. */
    void look(byte[] in, int from, int to) {
        base = from;
        count = to - from;
        marks = atLeast(count, marks);
        System.arraycopy(in, from + 1, marks, 0, count - 1);
        // What comes behind the last one is not known yet: it might be white space.
        marks[count - 1] = ' ';
        if (from == 0) {
            mark(in, marks, count);
        } else {
            octets = atLeast(count, octets);
            System.arraycopy(in, from, octets, 0, count);
            mark(octets, marks, count);
        }
    }

    private static byte[] atLeast(int count, byte[] array) {
        return array.length >= count ? array : new byte[count];
    }

    /** The place of the first white space of the piece that may change, not before a place in it; or its end. */
    int next(int from) {
        int found = Arrays.mismatch(marks, from - base, count, PLAIN, 0, count - (from - base));
        return found < 0 ? base + count : from + found;
    }

    /**
     * The high bit stays for an octet that does not change. It is set in a sum of octets below 128 if they exceed the
     * one that is told, and in octets above by themselves.
     */
    private static void mark(byte[] octets, byte[] marks, int count) {
        for (int i = 0; i < count; i++) {
            byte octet = octets[i];
            byte next = marks[i];
            marks[i] = (byte) (((octet ^ ' ') + 127 | octet | next + (127 - ' ') | next)
                    & (octet + (127 - '\t') | octet) & HIGH);
        }
    }
}
