package io.smtpra.ra.outbound.form;

import io.smtpra.ra.client.transfer.ServerExtensions;

/**
 * What a next hop asks of a mail that the mail does not fulfil as it is.
 *
 * @param sevenBit octets below 128 alone in the body (RFC 6152)
 * @param noBinary no part that is binary (RFC 3030)
 * @param asciiHeader no UTF-8 in headers (RFC 6531)
 * @param shortLines lines of at most 998 octets (RFC 5321 section 4.5.3.1.6)
 */
record FormDemands(boolean sevenBit, boolean noBinary, boolean asciiHeader, boolean shortLines) {

    static FormDemands of(ContentScan scan, boolean binary, ServerExtensions usable) {
        boolean noBinary = binary && !usable.binaryMime();
        boolean asLines = !binary || noBinary;
        return new FormDemands(
                asLines && scan.isEightBitBody() && !usable.eightBitMime(),
                noBinary,
                scan.isUtf8Header() && !usable.smtpUtf8(),
                asLines && scan.longestLine() > ContentScan.MAX_LINE);
    }

    /**
     * What is asked of a mail that will be signed, besides: nothing that somebody behind the next hop would have to change,
     * which breaks the signature (RFC 6376 section 5.3).
     */
    FormDemands toBeSigned(ContentScan scan, boolean binary) {
        return new FormDemands(sevenBit || scan.isEightBitBody(), noBinary || binary, asciiHeader,
                shortLines || scan.longestLine() > ContentScan.MAX_LINE);
    }

    /** What every next hop asks. */
    static FormDemands ofAny(ContentScan scan, boolean binary) {
        return new FormDemands(false, false, false, !binary && scan.longestLine() > ContentScan.MAX_LINE);
    }

    boolean isNone() {
        return !sevenBit && !noBinary && !asciiHeader && !shortLines;
    }

    /** What is the matter, in words. */
    String reason(String peer) {
        if (noBinary) {
            return "The mail's content is BINARYMIME, which " + peer + " does not take";
        }
        if (sevenBit) {
            return "The mail's content is 8BITMIME, which " + peer + " does not take";
        }
        return shortLines
                ? "The mail has lines of more than " + ContentScan.MAX_LINE
                        + " octets, which no server need take (RFC 5321 section 4.5.3.1.6)"
                : "The mail has headers in UTF-8, and " + peer + " does not offer SMTPUTF8";
    }
}
