package io.smtpra.queue.store;

import io.smtpra.BodyType;
import io.smtpra.DsnNotify;
import io.smtpra.DsnReturn;
import io.smtpra.EnhancedStatusCode;
import io.smtpra.Envelope;
import io.smtpra.Mailbox;
import io.smtpra.OriginalRecipient;
import io.smtpra.Recipient;
import io.smtpra.Reply;
import io.smtpra.queue.QueuedRecipient;
import io.smtpra.queue.RecipientState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How an envelope stands in the columns of the tables. */
public final class EnvelopeColumns {

    public static final String OF_MAIL =
            "reverse_path, body_type, smtp_utf8, require_tls, dsn_return, envelope_id";
    public static final String OF_RECIPIENT = "mailbox, notify_on, original_type, original_address";
    static final int LONGEST_REPLY = 1000;

    private static final List<Function<Recipient, String>> RECIPIENT = List.of(
            recipient -> recipient.mailbox().toString(),
            recipient -> recipient.notifyOn().isEmpty()
                    ? null : recipient.notifyOn().stream().map(Enum::name).collect(Collectors.joining(",")),
            recipient -> recipient.originalRecipient().map(OriginalRecipient::addressType).orElse(null),
            recipient -> recipient.originalRecipient().map(OriginalRecipient::address).orElse(null));

    private EnvelopeColumns() {
    }

    /** Sets the columns {@link #OF_MAIL}; gives the next free position. */
    static int write(PreparedStatement row, int at, Envelope envelope) throws SQLException {
        row.setString(at, envelope.reversePath().map(Mailbox::toString).orElse(null));
        row.setInt(at + 1, envelope.bodyType().ordinal());
        row.setInt(at + 2, envelope.smtpUtf8() ? 1 : 0);
        row.setInt(at + 3, envelope.requireTls() ? 1 : 0);
        if (envelope.dsnReturn().isPresent()) {
            row.setInt(at + 4, envelope.dsnReturn().get().ordinal());
        } else {
            row.setNull(at + 4, Types.SMALLINT);
        }
        row.setString(at + 5, envelope.envelopeId().orElse(null));
        return at + 6;
    }

    /** Sets the columns {@link #OF_RECIPIENT}. */
    static void write(PreparedStatement row, int at, Recipient recipient) throws SQLException {
        for (int i = 0; i < RECIPIENT.size(); i++) {
            row.setString(at + i, RECIPIENT.get(i).apply(recipient));
        }
    }

    /** The columns {@link #OF_RECIPIENT}, each with a value for every recipient. */
    static List<List<String>> columns(List<Recipient> recipients) {
        return RECIPIENT.stream().map(column -> recipients.stream().map(column).toList()).toList();
    }

    public static Envelope envelope(ResultSet row, List<Recipient> recipients) throws SQLException {
        String reversePath = row.getString("reverse_path");
        int dsnReturn = row.getInt("dsn_return");
        Optional<DsnReturn> wanted = row.wasNull() ? Optional.empty() : Optional.of(DsnReturn.values()[dsnReturn]);
        return new Envelope(
                Optional.ofNullable(reversePath).map(Mailbox::parse),
                recipients,
                BodyType.values()[row.getInt("body_type")],
                row.getInt("smtp_utf8") == 1,
                row.getInt("require_tls") == 1,
                wanted,
                Optional.ofNullable(row.getString("envelope_id")),
                // the queue tries each recipient until it has its outcome
                true);
    }

    public static QueuedRecipient recipient(ResultSet row) throws SQLException {
        long ended = row.getLong("ended_at");
        Optional<Instant> end = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ended));
        Optional<String> originalType = Optional.ofNullable(row.getString("original_type"));
        String originalAddress = row.getString("original_address");
        return new QueuedRecipient(
                new Recipient(
                        Mailbox.parse(row.getString("mailbox")),
                        notifyOn(row.getString("notify_on")),
                        originalType.map(type -> new OriginalRecipient(type, originalAddress))),
                RecipientState.valueOf(row.getString("state")),
                row.getInt("attempts"),
                Optional.ofNullable(row.getString("reply")).map(EnvelopeColumns::reply),
                Optional.ofNullable(row.getString("next_hop_queue_id")),
                Optional.ofNullable(row.getString("tls")),
                end);
    }

    /** A reply as one line, cut to what the column takes. */
    public static String text(Reply reply) {
        String text = reply.toString();
        return text.length() <= LONGEST_REPLY ? text : text.substring(0, LONGEST_REPLY);
    }

    private static Reply reply(String text) {
        int code = Integer.parseInt(text.substring(0, 3));
        String[] words = text.substring(3).strip().split(" ", 2);
        if (words[0].matches("[245]\\.\\d{1,3}\\.\\d{1,3}")) {
            return new Reply(code, Optional.of(EnhancedStatusCode.parse(words[0])),
                    List.of(words.length > 1 ? words[1] : ""));
        }
        return new Reply(code, Optional.empty(), List.of(text.substring(3).strip()));
    }

    private static Set<DsnNotify> notifyOn(String names) {
        EnumSet<DsnNotify> set = EnumSet.noneOf(DsnNotify.class);
        if (names != null) {
            for (String name : names.split(",")) {
                set.add(DsnNotify.valueOf(name));
            }
        }
        return set;
    }
}
