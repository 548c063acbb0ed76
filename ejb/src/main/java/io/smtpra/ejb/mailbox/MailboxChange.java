package io.smtpra.ejb.mailbox;

/**
 * Something that has happened to a mail.
 *
 * @param kind what
 * @param id of the mail
 */
public record MailboxChange(Kind kind, String id) {

    /** What has happened. */
    public enum Kind {
        /** It is new. */
        ARRIVED,
        /** It was read, say, or has lost a recipient. */
        CHANGED,
        /** It is gone. */
        REMOVED
    }

    static MailboxChange arrived(String id) {
        return new MailboxChange(Kind.ARRIVED, id);
    }

    static MailboxChange changed(String id) {
        return new MailboxChange(Kind.CHANGED, id);
    }

    static MailboxChange removed(String id) {
        return new MailboxChange(Kind.REMOVED, id);
    }
}
