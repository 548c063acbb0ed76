package io.smtpra.ra.client;

/**
 * How to send a mail.
 *
 * @param partial whether it goes to those recipients that were accepted when others were refused
 */
public record SendOptions(boolean partial) {

    /** Nobody gets it unless all recipients are accepted. */
    public static final SendOptions ALL_OR_NOTHING = new SendOptions(false);

    /** Those get it who are accepted. */
    public static final SendOptions PARTIAL = new SendOptions(true);
}
