package io.smtpra.ra.client.net;

/** Makes foreign text fit for logs and replies. */
public final class Harmless {

    private Harmless() {}

    /** The text with a question mark for each control character. */
    public static String text(String foreign) {
        StringBuilder harmless = null;
        for (int i = 0; i < foreign.length(); i++) {
            if (Character.isISOControl(foreign.charAt(i))) {
                if (harmless == null) {
                    harmless = new StringBuilder(foreign);
                }
                harmless.setCharAt(i, '?');
            }
        }
        return harmless == null ? foreign : harmless.toString();
    }

    /** Why something failed, as far as its message tells. */
    public static String reason(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : text(message);
    }
}
