package io.smtpra.queue.report;

import io.smtpra.EnhancedStatusCode;
import io.smtpra.Reply;
import io.smtpra.mail.DeliveryReport;
import io.smtpra.mail.DeliveryReport.Action;
import io.smtpra.mail.DeliveryReport.RecipientReport;
import io.smtpra.mail.MailView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a report says that came back: RFC 3464, or one that is written for people alone, in which an enhanced status
 * code and the recipients' addresses are looked for.
 *
 * @param failures what it says of those who do not get the mail
 * @param understood whether it is a report at all; false for an automatic answer, say
 */
record ReturnedReport(List<Failure> failures, boolean understood) {

    /** As qmail, Exchange and others write it for people: {@code (#5.1.1)}, {@code 550 5.7.1}. */
    private static final Pattern STATUS = Pattern.compile("(?<![\\d.])([245]\\.\\d{1,3}\\.\\d{1,3})(?![\\d.])");
    /** A code alone counts only where a reply of a server may begin: a telephone number is none. */
    private static final Pattern CODE = Pattern.compile("(?m)(?:^\\s*|[:;>]\\s+)(5[0-5]\\d)[ -]");
    private static final int TEXT_CHARACTERS = 20_000;
    private static final int REASON_CHARACTERS = 300;

    /**
     * A recipient who does not get the mail.
     *
     * @param addresses the names by which the report calls him; empty for whoever it was sent to
     * @param reply why
     */
    record Failure(List<String> addresses, Reply reply) {
    }

    static ReturnedReport read(MailView mail) throws IOException {
        Optional<DeliveryReport> report = mail.deliveryReport();
        if (report.isPresent()) {
            return new ReturnedReport(report.get().recipients().stream()
                    .filter(recipient -> recipient.action().filter(action -> action == Action.FAILED).isPresent())
                    .map(ReturnedReport::failure).toList(), true);
        }
        return ofText(mail.text().orElse(""));
    }

    private static Failure failure(RecipientReport recipient) {
        List<String> addresses = new ArrayList<>(List.of(recipient.finalRecipient()));
        recipient.originalRecipient().ifPresent(addresses::add);
        EnhancedStatusCode status = recipient.status().filter(code -> code.statusClass() == 5)
                .orElseGet(() -> EnhancedStatusCode.parse("5.0.0"));
        return new Failure(addresses, reply(status, recipient.diagnostic().orElse("Reported as not delivered")));
    }

    /** A text in which there is no code of a failure is no report: an automatic answer comes to the same address. */
    private static ReturnedReport ofText(String text) {
        String part = text.substring(0, Math.min(TEXT_CHARACTERS, text.length()));
        Matcher status = STATUS.matcher(part);
        if (status.find()) {
            EnhancedStatusCode code = EnhancedStatusCode.parse(status.group(1));
            return code.statusClass() == 5
                    ? new ReturnedReport(List.of(new Failure(List.of(), reply(code, line(part, status.start())))), true)
                    : new ReturnedReport(List.of(), true);
        }
        Matcher code = CODE.matcher(part);
        return code.find()
                ? new ReturnedReport(List.of(new Failure(List.of(),
                        reply(EnhancedStatusCode.parse("5.0.0"), line(part, code.start(1))))), true)
                : new ReturnedReport(List.of(), false);
    }

    /** The line around a place in a text. */
    private static String line(String text, int at) {
        int from = text.lastIndexOf('\n', at) + 1;
        int to = text.indexOf('\n', at);
        return text.substring(from, to < 0 ? text.length() : to).strip();
    }

    private static Reply reply(EnhancedStatusCode status, String text) {
        String clean = text.replaceAll("[\\p{Cntrl} ]+", " ").strip();
        String cut = clean.length() <= REASON_CHARACTERS ? clean : clean.substring(0, REASON_CHARACTERS);
        return Reply.of(550, status.toString(), cut.isEmpty() ? "Reported as not delivered" : cut);
    }
}
