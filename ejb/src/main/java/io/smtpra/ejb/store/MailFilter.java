package io.smtpra.ejb.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which mails to list; what is empty does not count.
 *
 * @param search words of addresses, subject, text or names of attachments, or their beginnings; all of them
 * @param to part of a recipient's address
 * @param from part of the author or the reverse-path
 * @param unread only those that nobody has read
 * @param sender only those of which so much is known about who sent them; absent: all
 */
public record MailFilter(String search, String to, String from, boolean unread, Optional<SenderProof> sender) {

    /** All mails. */
    public static final MailFilter ALL = new MailFilter("", "", "", false, Optional.empty());

    private static final int MOST_WORDS = 20;

    /** Rows of {@code smtpra_mail m} that it lets through. */
    SqlCondition condition(MailDatabase database) {
        List<SqlCondition> conditions = new ArrayList<>();
        if (!search.isBlank()) {
            List<String> words = SearchWords.of(search, 1000).strip().isEmpty() ? List.of()
                    : List.of(SearchWords.of(search, 1000).strip().split(" "));
            // what has no word in it is nowhere
            conditions.add(words.isEmpty() ? SqlCondition.any(List.of())
                    : database.words(words.subList(0, Math.min(MOST_WORDS, words.size()))));
        }
        if (!to.isBlank()) {
            conditions.add(SqlCondition.of("exists (select 1 from smtpra_mail_recipient t where t.mail_id = m.id"
                    + " and lower(t.recipient) like ? escape '!')", containing(to)));
        }
        if (!from.isBlank()) {
            conditions.add(SqlCondition.of(
                    "(lower(m.author) like ? escape '!' or lower(m.reverse_path) like ? escape '!')",
                    containing(from), containing(from)));
        }
        if (unread) {
            conditions.add(SqlCondition.of("m.seen = 0"));
        }
        sender.ifPresent(proof -> conditions.add(SqlCondition.of("m.sender = ?", proof.name())));
        return SqlCondition.all(conditions);
    }

    private static String containing(String text) {
        return "%" + text.strip().toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%";
    }
}
