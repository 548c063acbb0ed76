package io.smtpra.ra.inbound.listener.framing;

/**
 * What was wrong with the form of a content (RFC 5321 section 2.3.8 and 4.1.1.4).
 *
 * @param bareLineFeed it held a LF without a CR before it
 * @param bareCarriageReturn it held a CR without a LF after it
 */
public record ContentFaults(boolean bareLineFeed, boolean bareCarriageReturn) {

    /** Nothing was wrong. */
    public static final ContentFaults NONE = new ContentFaults(false, false);

    /**
     * Whether anything was wrong.
     *
     * @return true if so
     */
    public boolean any() {
        return bareLineFeed || bareCarriageReturn;
    }
}
