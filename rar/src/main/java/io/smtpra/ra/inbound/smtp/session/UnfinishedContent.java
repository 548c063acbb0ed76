package io.smtpra.ra.inbound.smtp.session;

/** What has been received of a mail's content so far. */
public interface UnfinishedContent {

    /**
     * The mail is given up before its content has ended; does nothing afterwards.
     *
     * @param reason for the log
     */
    void abandon(String reason);
}
