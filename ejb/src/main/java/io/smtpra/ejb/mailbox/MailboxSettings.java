package io.smtpra.ejb.mailbox;

import io.smtpra.ejb.store.AddressPattern;
import io.smtpra.ejb.store.MailAccess;
import io.smtpra.ejb.store.RetentionRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the mailbox works.
 *
 * @param dataSource JNDI name of its datasource
 * @param open whether everybody sees all
 * @param addresses those of users, by name
 * @param retention what may go
 * @param retentionInterval how often is looked for that
 * @param repeatWindow for how long a mail that is sent again is known
 * @param eventStreams how many browsers are told of new mail
 */
public record MailboxSettings(
        String dataSource,
        boolean open,
        Map<String, List<AddressPattern>> addresses,
        List<RetentionRule> retention,
        Duration retentionInterval,
        Duration repeatWindow,
        int eventStreams) {

    /**
     * What a user may see.
     *
     * @param user the user's name
     * @param admin whether the user has the role of an administrator
     * @return the access
     */
    public MailAccess accessOf(String user, boolean admin) {
        List<AddressPattern> own = addresses.get(user);
        return new MailAccess(user, admin,
                own != null ? own : Optional.of(user).flatMap(AddressPattern::ofUser).map(List::of).orElse(List.of()));
    }
}
