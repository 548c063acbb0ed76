package io.smtpra.idna;

/** Labels that are read from right to left (RFC 5893 section 2). */
final class BidiRule {

    private BidiRule() {}

    /** Whether a label has a character that is read from right to left; then the rule is for the whole name. */
    static boolean concerns(String label) {
        return label.codePoints().anyMatch(c -> switch (Character.getDirectionality(c)) {
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
                    Character.DIRECTIONALITY_ARABIC_NUMBER -> true;
            default -> false;
        });
    }

    static boolean holds(String label) {
        return switch (Character.getDirectionality(label.codePointAt(0))) {
            case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> holdsLeftToRight(label);
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC ->
                    holdsRightToLeft(label);
            default -> false;
        };
    }

    private static boolean holdsLeftToRight(String label) {
        return switch (lastDirectionality(label)) {
            case Character.DIRECTIONALITY_LEFT_TO_RIGHT, Character.DIRECTIONALITY_EUROPEAN_NUMBER ->
                    label.codePoints().allMatch(c -> Character.getDirectionality(c)
                            == Character.DIRECTIONALITY_LEFT_TO_RIGHT || isInEitherDirection(c));
            default -> false;
        };
    }

    private static boolean holdsRightToLeft(String label) {
        return switch (lastDirectionality(label)) {
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
                    Character.DIRECTIONALITY_EUROPEAN_NUMBER, Character.DIRECTIONALITY_ARABIC_NUMBER ->
                    label.codePoints().allMatch(c -> concerns(Character.toString(c)) || isInEitherDirection(c))
                            && !(has(label, Character.DIRECTIONALITY_EUROPEAN_NUMBER)
                                    && has(label, Character.DIRECTIONALITY_ARABIC_NUMBER));
            default -> false;
        };
    }

    /** Conditions 2 and 5: what may stand in labels of both directions. */
    private static boolean isInEitherDirection(int c) {
        return switch (Character.getDirectionality(c)) {
            case Character.DIRECTIONALITY_EUROPEAN_NUMBER, Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR,
                    Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR,
                    Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR, Character.DIRECTIONALITY_OTHER_NEUTRALS,
                    Character.DIRECTIONALITY_BOUNDARY_NEUTRAL, Character.DIRECTIONALITY_NONSPACING_MARK -> true;
            default -> false;
        };
    }

    /** Conditions 3 and 6: marks at the end are passed over. */
    private static byte lastDirectionality(String label) {
        int end = label.length();
        byte last = Character.DIRECTIONALITY_NONSPACING_MARK;
        while (end > 0 && last == Character.DIRECTIONALITY_NONSPACING_MARK) {
            int c = label.codePointBefore(end);
            last = Character.getDirectionality(c);
            end -= Character.charCount(c);
        }
        return last;
    }

    private static boolean has(String label, byte directionality) {
        return label.codePoints().anyMatch(c -> Character.getDirectionality(c) == directionality);
    }
}
