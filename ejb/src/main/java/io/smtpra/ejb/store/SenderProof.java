package io.smtpra.ejb.store;

import io.smtpra.authenticity.Authenticity;
import io.smtpra.authenticity.Verdict;
import io.smtpra.authenticity.VerdictResult;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a reader is told of all verdicts on a mail together. */
public enum SenderProof {
    /** The domain in {@code From:}, which people read, is proved: DMARC passed. */
    PROVEN,
    /** Nothing is proved, and nothing speaks against it. */
    UNPROVEN,
    /** The domain says that the mail is not from there: DMARC failed, or SPF where there is no policy of DMARC. */
    DOUBTFUL;

    /**
     * Sums up.
     *
     * @param authenticity what was found out about a mail
     * @return absent if it was not checked
     */
    public static Optional<SenderProof> of(Authenticity authenticity) {
        if (!authenticity.isChecked()) {
            return Optional.empty();
        }
        if (authenticity.provenAuthorDomain().isPresent()) {
            return Optional.of(PROVEN);
        }
        boolean denied = Stream.<Optional<? extends Verdict>>of(authenticity.spf(), authenticity.dmarc())
                .flatMap(Optional::stream).anyMatch(verdict -> verdict.result() == VerdictResult.FAIL);
        return Optional.of(denied ? DOUBTFUL : UNPROVEN);
    }

    /**
     * The proof of a name.
     *
     * @param name in small letters
     * @return absent if there is none of that name
     */
    public static Optional<SenderProof> named(String name) {
        return Arrays.stream(values()).filter(one -> one.text().equals(name)).findAny();
    }

    /**
     * Its name.
     *
     * @return in small letters
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
