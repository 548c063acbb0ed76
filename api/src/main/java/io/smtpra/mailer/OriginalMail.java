package io.smtpra.mailer;

import io.smtpra.InboundMail;
import io.smtpra.Mailbox;
import io.smtpra.Recipient;
import io.smtpra.mail.MailAddress;
import io.smtpra.mail.MailView;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What an answer or a mail passed on takes from the mail that it is about. */
final class OriginalMail {

    /** Of a thread the first id and the latest are what programs go by; a header has its bounds. */
    private static final int MOST_IDS = 50;
    private static final Pattern ID = Pattern.compile("<[!-;=?-~]{1,250}>");
    private static final Pattern REPLY_PREFIX =
            Pattern.compile("(re|aw|sv|vs|antw|odp)\\s*(\\[\\d+])?\\s*:.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern FORWARD_PREFIX =
            Pattern.compile("(fwd?|wg|vb|tr)\\s*:.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm XXX", Locale.ROOT);

    private final InboundMail mail;
    private final MailView view;

    OriginalMail(InboundMail mail) throws IOException {
        this.mail = mail;
        this.view = mail.view();
    }

    MailView view() {
        return view;
    }

    /** Whom it came for, if that is one. */
    Optional<Mailbox> recipient() {
        List<Recipient> recipients = mail.envelope().recipients();
        return recipients.size() == 1 ? Optional.of(recipients.get(0).mailbox()) : Optional.empty();
    }

    /** Who is to have the answer. */
    List<MailAddress> authors() {
        return usable(view.replyTo());
    }

    /** Who else has got it, but those whom it came for here. */
    List<MailAddress> others() {
        List<MailAddress> all = new ArrayList<>(view.to());
        all.addAll(view.cc());
        List<MailAddress> others = new ArrayList<>();
        for (MailAddress address : usable(all)) {
            Mailbox mailbox = address.mailbox().orElseThrow();
            boolean known = mail.envelope().recipients().stream().anyMatch(own -> own.mailbox().equals(mailbox))
                    || authors().stream().anyMatch(author -> author.mailbox().orElseThrow().equals(mailbox))
                    || others.stream().anyMatch(other -> other.mailbox().orElseThrow().equals(mailbox));
            if (!known) {
                others.add(address);
            }
        }
        return others;
    }

    String replySubject() {
        return prefixed("Re: ", REPLY_PREFIX);
    }

    String forwardSubject() {
        return prefixed("Fwd: ", FORWARD_PREFIX);
    }

    Optional<String> id() {
        return view.messageId().filter(id -> ID.matcher(id).matches());
    }

    /** RFC 5322 section 3.6.4: the thread as the mail knows it, and the mail. */
    List<String> references() {
        List<String> thread = new ArrayList<>(view.references());
        if (thread.isEmpty()) {
            view.inReplyTo().ifPresent(thread::add);
        }
        thread.removeIf(id -> !ID.matcher(id).matches());
        id().ifPresent(thread::add);
        List<String> distinct = thread.stream().distinct().collect(Collectors.toCollection(ArrayList::new));
        while (distinct.size() > MOST_IDS) {
            distinct.remove(1);
        }
        return distinct;
    }

    /** The text as an answer quotes it: each line behind an angle bracket. */
    Quote quoted() throws IOException {
        String when = view.date().map(OriginalMail::date).map(date -> "On " + date + ", ").orElse("");
        String lines = body().lines().map(line -> line.isEmpty() ? ">" : "> " + line)
                .collect(Collectors.joining("\n"));
        return new Quote(when + author() + " wrote:\n" + lines + "\n", true);
    }

    /** The text as it is passed on, behind a few lines of its header. */
    Quote passedOn() throws IOException {
        StringBuilder text = new StringBuilder("---------- Forwarded message ----------\n");
        text.append("From: ").append(author()).append('\n');
        view.date().map(OriginalMail::date).ifPresent(date -> text.append("Date: ").append(date).append('\n'));
        text.append("Subject: ").append(view.subject()).append('\n');
        text.append("To: ").append(names(view.to())).append('\n');
        if (!view.cc().isEmpty()) {
            text.append("Cc: ").append(names(view.cc())).append('\n');
        }
        return new Quote(text.append('\n').append(body()).toString(), false);
    }

    private String body() throws IOException {
        return view.text().orElse("");
    }

    private String author() {
        return view.from().map(MailAddress::toString).filter(text -> !text.isEmpty()).orElse("somebody");
    }

    private String prefixed(String prefix, Pattern present) {
        String subject = view.subject();
        String whole = present.matcher(subject).matches() ? subject : prefix + subject;
        return whole.substring(0, Math.min(whole.length(), MailBuilder.LONGEST_SUBJECT)).strip();
    }

    /** Addresses that mail can be sent to; a name that is no name is left out. */
    private static List<MailAddress> usable(List<MailAddress> addresses) {
        return addresses.stream()
                .filter(address -> address.mailbox().isPresent())
                .map(address -> AddressText.isName(address.name()) ? address : new MailAddress("", address.address()))
                .toList();
    }

    private static String names(List<MailAddress> addresses) {
        return addresses.stream().map(MailAddress::toString).collect(Collectors.joining(", "));
    }

    private static String date(OffsetDateTime date) {
        return DATE.format(date);
    }

    /**
     * What stands below the author's own words. A stranger's HTML is never taken over, for it can change what stands
     * above it: HTML quotes the text.
     *
     * @param text lines
     * @param cited whether HTML shows it as a quotation
     */
    record Quote(String text, boolean cited) {

        /** The author's own text, if there is any, and this below it. */
        String below(Optional<String> own) {
            return own.map(plain -> plain.stripTrailing() + "\n\n").orElse("") + text;
        }

        /** The author's own document, and this at its end. */
        String belowHtml(String document) {
            int end = document.toLowerCase(Locale.ROOT).lastIndexOf("</body");
            return end < 0 ? document + "\n" + html() : document.substring(0, end) + html() + document.substring(end);
        }

        private String html() {
            String shown = text.lines().map(line -> cited ? line.replaceFirst("^> ?", "") : line)
                    .map(line -> line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
                    .collect(Collectors.joining("<br>\n"));
            if (!cited) {
                return "<div>" + shown + "</div>\n";
            }
            int first = shown.indexOf("<br>\n");
            return first < 0 ? "<p>" + shown + "</p>\n" : "<p>" + shown.substring(0, first)
                    + "</p>\n<blockquote type=\"cite\">" + shown.substring(first + 5) + "</blockquote>\n";
        }
    }
}
