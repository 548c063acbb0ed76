package io.smtpra.ra.client.transfer;

/**
 * Which extensions may be used where the next hop offers them.
 *
 * @param pipelining PIPELINING (RFC 2920)
 * @param chunking CHUNKING and BINARYMIME (RFC 3030)
 * @param eightBitMime 8BITMIME (RFC 6152)
 * @param dsn DSN (RFC 3461)
 * @param size SIZE (RFC 1870)
 * @param smtpUtf8 SMTPUTF8 (RFC 6531)
 */
public record ClientExtensions(
        boolean pipelining, boolean chunking, boolean eightBitMime, boolean dsn, boolean size, boolean smtpUtf8) {

    /** All of them. */
    public static final ClientExtensions ALL = new ClientExtensions(true, true, true, true, true, true);
}
