package io.smtpra.mail;

import io.smtpra.EnhancedStatusCode;
import io.smtpra.MailContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a mail server reports of a mail and its recipients (RFC 3464; RFC 6533 for internationalised addresses). Anybody
 * can send one: believe it only of a mail that was sent, which its {@link #originalEnvelopeId()} or the
 * {@link #original()}'s id tell.
 *
 * @param reportingServer the server that reports; empty if it does not name itself
 * @param originalEnvelopeId the {@code ENVID} that the mail was sent with
 * @param arrivalDate when that server got the mail
 * @param recipients the recipients that it reports of
 * @param original the mail that it reports of, or its header alone, if it came along
 */
public record DeliveryReport(
        String reportingServer,
        Optional<String> originalEnvelopeId,
        Optional<OffsetDateTime> arrivalDate,
        List<RecipientReport> recipients,
        Optional<MailView> original) {

    private static final Pattern CODE_POINT = Pattern.compile("\\\\x\\{([0-9A-Fa-f]{1,6})}");

    /** Takes a copy of the list. */
    public DeliveryReport {
        recipients = List.copyOf(recipients);
    }

    /** What became of the mail for a recipient. */
    public enum Action {
        /** It could not be delivered. */
        FAILED,
        /** It could not be delivered yet; the server goes on trying. */
        DELAYED,
        /** It has been delivered. */
        DELIVERED,
        /** It went on to a server that makes no reports. */
        RELAYED,
        /** It was delivered, and sent on to several others. */
        EXPANDED
    }

    /**
     * The report of one recipient.
     *
     * @param finalRecipient the address that the server delivered to, or tried to
     * @param originalRecipient the {@code ORCPT} that the mail was sent with
     * @param action what became of it; empty if the report does not say, nor has a status
     * @param status why
     * @param diagnostic what the next server said, or other words for people
     * @param remoteServer the server that said it
     * @param lastAttempt when that was
     * @param willRetryUntil how long the server goes on trying
     */
    public record RecipientReport(
            String finalRecipient,
            Optional<String> originalRecipient,
            Optional<Action> action,
            Optional<EnhancedStatusCode> status,
            Optional<String> diagnostic,
            Optional<String> remoteServer,
            Optional<OffsetDateTime> lastAttempt,
            Optional<OffsetDateTime> willRetryUntil) {}

    static Optional<DeliveryReport> of(MailView mail, MailLimits limits) throws IOException {
        MailPart root = mail.root();
        if (!root.contentType().equals("multipart/report")) {
            return Optional.empty();
        }
        Optional<MailPart> status = MailView.find(root, part ->
                part.contentType().equals("message/delivery-status")
                        || part.contentType().equals("message/global-delivery-status"));
        if (status.isEmpty()) {
            return Optional.empty();
        }
        List<List<HeaderField>> groups = groups(status.get(), limits);
        List<HeaderField> whole = groups.isEmpty() ? List.of() : groups.get(0);
        // some servers leave the empty line between the mail's fields and the first recipient's out
        int first = MailPart.value(whole, "Final-Recipient").isPresent() ? 0 : 1;
        return Optional.of(new DeliveryReport(
                typed(whole, "Reporting-MTA").orElse(""),
                text(whole, "Original-Envelope-Id"),
                MailPart.value(whole, "Arrival-Date").flatMap(MailDates::parse),
                groups.stream().skip(first).map(DeliveryReport::recipient).flatMap(Optional::stream).toList(),
                original(root, limits)));
    }

    private static Optional<RecipientReport> recipient(List<HeaderField> fields) {
        Optional<String> original = typed(fields, "Original-Recipient");
        Optional<String> address = typed(fields, "Final-Recipient").or(() -> original);
        Optional<EnhancedStatusCode> status = text(fields, "Status").flatMap(DeliveryReport::status);
        return address.map(recipient -> new RecipientReport(
                recipient,
                original,
                action(text(fields, "Action").orElse(""), status),
                status,
                typed(fields, "Diagnostic-Code"),
                typed(fields, "Remote-MTA"),
                MailPart.value(fields, "Last-Attempt-Date").flatMap(MailDates::parse),
                MailPart.value(fields, "Will-Retry-Until").flatMap(MailDates::parse)));
    }

    private static Optional<Action> action(String word, Optional<EnhancedStatusCode> status) {
        String first = word.split("[\\s(;]", 2)[0].toUpperCase(Locale.ROOT);
        for (Action action : Action.values()) {
            if (action.name().equals(first)) {
                return Optional.of(action);
            }
        }
        return status.map(code -> switch (code.statusClass()) {
            case 2 -> Action.DELIVERED;
            case 4 -> Action.DELAYED;
            default -> Action.FAILED;
        });
    }

    /** The code alone: some put words behind it. */
    private static Optional<EnhancedStatusCode> status(String text) {
        try {
            return Optional.of(EnhancedStatusCode.parse(text.split("[\\s(;]", 2)[0]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The value behind its type, as in {@code rfc822; user@example.com}. */
    private static Optional<String> typed(List<HeaderField> fields, String name) {
        return text(fields, name).map(text -> {
            int semicolon = text.indexOf(';');
            String value = MailPart.withoutBrackets(text.substring(semicolon + 1));
            return semicolon >= 0 && text.substring(0, semicolon).strip().equalsIgnoreCase("utf-8")
                    ? CODE_POINT.matcher(value).replaceAll(DeliveryReport::character) : value;
        }).filter(value -> !value.isEmpty());
    }

    /** RFC 6533 section 3: an address in ASCII with the rest of its characters as numbers. */
    private static String character(MatchResult number) {
        int codePoint = Integer.parseInt(number.group(1), 16);
        boolean plain = Character.isValidCodePoint(codePoint) && !Character.isISOControl(codePoint);
        return Matcher.quoteReplacement(plain ? Character.toString(codePoint) : number.group());
    }

    private static Optional<String> text(List<HeaderField> fields, String name) {
        return fields.stream().filter(field -> field.is(name)).findFirst().map(HeaderField::text)
                .filter(text -> !text.isEmpty());
    }

    /** Groups of fields with empty lines between them. */
    private static List<List<HeaderField>> groups(MailPart status, MailLimits limits) throws IOException {
        byte[] octets;
        try (InputStream in = status.open()) {
            octets = in.readNBytes(limits.maxHeaderOctets());
        }
        List<List<HeaderField>> groups = new ArrayList<>();
        ByteArrayOutputStream group = new ByteArrayOutputStream();
        int at = 0;
        while (at < octets.length) {
            int end = at;
            while (end < octets.length && octets[end] != '\n') {
                end++;
            }
            boolean empty = end == at || end == at + 1 && octets[at] == '\r';
            if (!empty) {
                group.write(octets, at, Math.min(end + 1, octets.length) - at);
            } else if (group.size() > 0) {
                groups.add(HeaderField.parse(group.toByteArray()));
                group.reset();
            }
            at = end + 1;
        }
        if (group.size() > 0) {
            groups.add(HeaderField.parse(group.toByteArray()));
        }
        return groups;
    }

    private static Optional<MailView> original(MailPart root, MailLimits limits) throws IOException {
        for (MailPart part : root.parts()) {
            if (part.message().isPresent()) {
                return part.message();
            }
            if (part.contentType().equals("text/rfc822-headers")
                    || part.contentType().equals("message/global-headers")) {
                try (InputStream in = part.open()) {
                    return Optional.of(MailView.of(MailContent.of(in.readNBytes(limits.maxHeaderOctets())), limits));
                }
            }
        }
        return Optional.empty();
    }
}
