package io.smtpra.ejb.store;

import io.smtpra.Mailbox;
import java.util.List;

/**
 * What a user may see: the mail for some addresses.
 *
 * @param user the user's name
 * @param admin whether it is all mail, and the outbound queue too
 * @param addresses those that are the user's; for an admin all
 */
public record MailAccess(String user, boolean admin, List<AddressPattern> addresses) {

    /** Copies the addresses. */
    public MailAccess {
        addresses = admin ? List.of(AddressPattern.ANY) : List.copyOf(addresses);
    }

    /**
     * Whether a mail for somebody may be seen.
     *
     * @param recipient of the mail
     * @return true if so
     */
    public boolean sees(String recipient) {
        return admin || addresses.stream().anyMatch(pattern -> pattern.matches(Mailbox.parse(recipient)));
    }

    /** Rows of {@code smtpra_mail_recipient r} that may be seen. */
    SqlCondition recipients() {
        return SqlCondition.any(addresses.stream().map(AddressPattern::recipients).toList());
    }

    /** Rows of {@code smtpra_mail m} that may be seen. */
    SqlCondition mails() {
        if (addresses.contains(AddressPattern.ANY)) {
            return SqlCondition.ALL;
        }
        SqlCondition own = recipients();
        // not "exists": H2 would go through all mail of a user for each mail
        return new SqlCondition("m.id in (select r.mail_id from smtpra_mail_recipient r where " + own.sql() + ")",
                own.values());
    }
}
