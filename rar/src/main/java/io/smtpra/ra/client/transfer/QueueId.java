package io.smtpra.ra.client.transfer;

import io.smtpra.Reply;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the id under which the next hop queued a mail, in the forms that servers in wide use have. */
final class QueueId {

    private static final String ID = "<?([A-Za-z0-9][A-Za-z0-9._@+=/-]{2,99})>?";

    private static final List<Pattern> FORMS = List.of(
            // Postfix, Exchange by its message id aside, ours: "Ok: queued as 4F2B91C0D"
            Pattern.compile("\\bqueued as " + ID, Pattern.CASE_INSENSITIVE),
            // Exim: "OK id=1kQ2xy-0001ab-CD"; Haraka, Stalwart: "Message queued with id …"
            Pattern.compile("\\bid[= ]" + ID, Pattern.CASE_INSENSITIVE),
            // Exchange: "<id> [InternalId=1, Hostname=a] Queued mail for delivery"
            Pattern.compile("^" + ID + " \\[InternalId="),
            // Sendmail: "0AB1cdEF012345 Message accepted for delivery"
            Pattern.compile("^" + ID + " Message accepted for delivery", Pattern.CASE_INSENSITIVE),
            // Google, qmail, Amazon: "OK 1700000000 id - gsmtp", "ok 1700000000 qp 123", "Ok 0100018b-…-000000"
            Pattern.compile("^ok +\\d+ +" + ID + " - gsmtp", Pattern.CASE_INSENSITIVE),
            Pattern.compile("^ok +\\d+ +qp +(\\d+)", Pattern.CASE_INSENSITIVE),
            Pattern.compile("^ok " + ID + "$", Pattern.CASE_INSENSITIVE));

    /** No form is shorter: many servers say no more than "Ok". */
    private static final int MIN_LENGTH = "ok abc".length();

    private QueueId() {}

    static Optional<String> in(Reply reply) {
        String text = reply.text().trim();
        if (text.length() < MIN_LENGTH) {
            return Optional.empty();
        }
        for (Pattern form : FORMS) {
            Matcher matcher = form.matcher(text);
            if (matcher.find()) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }
}
