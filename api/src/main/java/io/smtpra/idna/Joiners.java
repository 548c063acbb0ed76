package io.smtpra.idna;

import java.text.Normalizer;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The two invisible joiners, which some scripts cannot be written without and which mislead anywhere else (RFC 5892
 * appendices A.1 and A.2).
 */
final class Joiners {

    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;

    /** Letters that join on both sides (ArabicShaping.txt, type D); the JDK does not know these properties. */
    private static final NavigableMap<Integer, Integer> DUAL_JOINING = ranges("""
            620 626 628 62A-62E 633-63F 641-647 649-64A 66E-66F 678-687 69A-6BF 6C1-6C2 6CC 6CE 6D0-6D1
            6FA-6FC 6FF 712-714 71A-71D 71F-727 729 72B 72D-72E 74E-758 75C-76A 76D-770 772 775-777 77A-77F
            7CA-7EA 841-845 848 84A-853 855 860 862-865 868 886 889-88D 88F 8A0-8A9 8AF-8B0 8B3-8B8 8BA-8C8
            1807 1820-1878 1887-18A8 18AA A840-A871 10AC0-10AC4 10AD3-10AD6 10AD8-10ADC 10ADE-10AE0
            10AEB-10AEE 10B80 10B82 10B86-10B88 10B8A-10B8B 10B8D 10B90 10BAD-10BAE 10D01-10D21 10D23
            10EC3-10EC4 10EC6-10EC7 10F30-10F32 10F34-10F44 10F51-10F53 10F70-10F73 10F76-10F81 10FB0
            10FB2-10FB3 10FB8 10FBB-10FBC 10FBE-10FBF 10FC1 10FC4 10FCA 1E900-1E943
            """);

    /** Letters that join on their right side alone (type R). */
    private static final NavigableMap<Integer, Integer> RIGHT_JOINING = ranges("""
            622-625 627 629 62F-632 648 671-673 675-677 688-699 6C0 6C3-6CB 6CD 6CF 6D2-6D3 6D5 6EE-6EF 710
            715-719 71E 728 72A 72C 72F 74D 759-75B 76B-76C 771 773-774 778-779 840 846-847 849 854 856-858
            867 869-86A 870-882 88E 8AA-8AC 8AE 8B1-8B2 8B9 10AC5 10AC7 10AC9-10ACA 10ACE-10AD2 10ADD 10AE1
            10AE4 10AEF 10B81 10B83-10B85 10B89 10B8C 10B8E-10B8F 10B91 10BA9-10BAC 10D22 10EC2 10F33 10F54
            10F74-10F75 10FB4-10FB6 10FB9-10FBA 10FBD 10FC2-10FC3 10FC9
            """);

    /** Letters that join on their left side alone (type L). */
    private static final NavigableMap<Integer, Integer> LEFT_JOINING = ranges("A872 10ACD 10AD7 10D00 10FCB");

    /** Marks and formats that are not transparent to joining, as these are otherwise (type U). */
    private static final NavigableMap<Integer, Integer> NOT_TRANSPARENT =
            ranges("600-605 6DD 890-891 8E2 180E 200C-200D 2066-2069 110BD 110CD");

    private Joiners() {}

    static boolean isJoiner(int c) {
        return c == NON_JOINER || c == JOINER;
    }

    /** Whether each joiner of a label stands where it may. */
    static boolean areInPlace(String label) {
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            boolean inPlace = switch (c) {
                case NON_JOINER -> isAfterVirama(label, i) || isBetweenJoining(label, i);
                case JOINER -> isAfterVirama(label, i);
                default -> true;
            };
            if (!inPlace) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a virama stands before. The JDK tells no combining classes, but sorts marks by them: a virama is of class
     * 9, and so sorts behind U+3099, of class 8, and before U+05B0, of class 10.
     */
    private static boolean isAfterVirama(String label, int index) {
        if (index == 0) {
            return false;
        }
        String before = Character.toString(label.codePointBefore(index));
        return Normalizer.isNormalized(before, Normalizer.Form.NFD)
                && !Normalizer.isNormalized("a\u05B0" + before, Normalizer.Form.NFD)
                && !Normalizer.isNormalized("a" + before + "\u3099", Normalizer.Form.NFD);
    }

    /** RFC 5892 appendix A.1: {@code (L|D) T* ZWNJ T* (R|D)}. */
    private static boolean isBetweenJoining(String label, int index) {
        int left = index;
        int before = NON_JOINER;
        while (left > 0 && (left == index || isTransparent(before))) {
            before = label.codePointBefore(left);
            left -= Character.charCount(before);
        }
        int right = index + 1;
        int after = NON_JOINER;
        while (right < label.length() && (right == index + 1 || isTransparent(after))) {
            after = label.codePointAt(right);
            right += Character.charCount(after);
        }
        return (contains(DUAL_JOINING, before) || contains(LEFT_JOINING, before))
                && (contains(DUAL_JOINING, after) || contains(RIGHT_JOINING, after));
    }

    private static boolean isTransparent(int c) {
        if (c == 0x1E94B) {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT ->
                    !contains(NOT_TRANSPARENT, c);
            default -> false;
        };
    }

    private static boolean contains(NavigableMap<Integer, Integer> ranges, int c) {
        var range = ranges.floorEntry(c);
        return range != null && c <= range.getValue();
    }

    private static NavigableMap<Integer, Integer> ranges(String text) {
        NavigableMap<Integer, Integer> ranges = new TreeMap<>();
        for (String range : text.strip().split("\\s+")) {
            String[] ends = range.split("-");
            ranges.put(Integer.parseInt(ends[0], 16), Integer.parseInt(ends[ends.length - 1], 16));
        }
        return ranges;
    }
}
