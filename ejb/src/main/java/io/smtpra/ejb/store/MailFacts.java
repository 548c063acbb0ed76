package io.smtpra.ejb.store;

import io.smtpra.Envelope;
import io.smtpra.InboundMail;
import io.smtpra.MailContent;
import io.smtpra.Mailbox;
import io.smtpra.ejb.store.StoredPart.Role;
import io.smtpra.mail.MailAddress;
import io.smtpra.mail.MailPart;
import io.smtpra.mail.MailView;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is read out of a mail when it is stored, so that lists and searches need not look into it again.
 *
 * @param author who wrote it, as people read it
 * @param subject decoded
 * @param preview the beginning of its text
 * @param messageId its {@code Message-ID}
 * @param parts its leaves
 * @param undecodable why its parts cannot be shown
 * @param words what is searched
 * @param digest what the same mail has again when its sender repeats it; absent without a {@code Message-ID}
 */
public record MailFacts(String author, String subject, String preview, Optional<String> messageId,
        List<StoredPart> parts, Optional<String> undecodable, String words, Optional<String> digest) {

    private static final int LONGEST_FIELD = 1000;
    private static final int LONGEST_PREVIEW = 200;
    private static final int LONGEST_NAME = 255;
    /** As many as can be shown; what lies behind them is in the octets. */
    private static final int MOST_PARTS = 1000;

    /**
     * Reads a mail. What is odd in it is no error: it is stored all the same.
     *
     * @param mail the mail
     * @return its facts
     * @throws IOException if its octets cannot be read
     */
    public static MailFacts of(InboundMail mail) throws IOException {
        MailContent content = mail::content;
        MailView view = MailView.of(content);
        Optional<String> messageId = view.messageId();
        Optional<String> digest = Optional.empty();
        if (messageId.isPresent()) {
            digest = Optional.of(digest(messageId.get(), mail.envelope(), view.root()));
        }
        String text = "";
        List<StoredPart> parts = List.of();
        Optional<String> undecodable = Optional.empty();
        try {
            text = view.text().orElse("");
            parts = parts(view);
            if (view.root().headers().stream().anyMatch(MailFacts::saysMultipart) && view.root().parts().isEmpty()) {
                undecodable = Optional.of("It says that it has several parts, and none can be found");
            }
        } catch (RuntimeException e) {
            // it will be no better when it is sent again: it is kept, and shown as its source
            undecodable = Optional.of(clean("Its parts cannot be read: " + e, 500));
        }
        String author = view.from().map(MailAddress::toString).orElse("");
        return new MailFacts(clean(author, LONGEST_FIELD), clean(view.subject(), LONGEST_FIELD),
                clean(text.substring(0, Math.min(text.length(), 4 * LONGEST_PREVIEW)).replaceAll("\\s+", " ").strip(),
                        LONGEST_PREVIEW),
                messageId.map(id -> clean(id, LONGEST_FIELD)), parts, undecodable,
                words(mail, view, parts, text), digest);
    }

    /** The leaves of a mail in their order: the part with number 1 is the first. */
    public static List<MailPart> leaves(MailPart part) {
        return leavesOf(part).limit(MOST_PARTS).toList();
    }

    private static Stream<MailPart> leavesOf(MailPart part) {
        return part.parts().isEmpty() ? Stream.of(part) : part.parts().stream().flatMap(MailFacts::leavesOf);
    }

    private static List<StoredPart> parts(MailView view) throws IOException {
        Set<MailPart> attachments = Set.copyOf(view.attachments());
        Set<MailPart> inline = Set.copyOf(view.inlineParts());
        List<StoredPart> parts = new ArrayList<>();
        for (MailPart part : leaves(view.root())) {
            Role role = attachments.contains(part) ? Role.ATTACHMENT : inline.contains(part) ? Role.INLINE : Role.TEXT;
            parts.add(new StoredPart(parts.size() + 1, clean(part.fileName(), LONGEST_NAME),
                    clean(part.contentType(), LONGEST_NAME), part.size(),
                    part.contentId().map(id -> clean(id, LONGEST_FIELD)), role));
        }
        return List.copyOf(parts);
    }

    private static boolean saysMultipart(io.smtpra.mail.HeaderField field) {
        return field.name().equalsIgnoreCase("Content-Type")
                && field.value().regionMatches(true, 0, "multipart/", 0, "multipart/".length());
    }

    private static String words(InboundMail mail, MailView view, List<StoredPart> parts, String text) {
        String recipients = mail.envelope().recipients().stream().map(one -> one.mailbox().toString())
                .collect(Collectors.joining(" "));
        String addresses = Stream.of("From", "To", "Cc", "Reply-To").flatMap(name -> view.addresses(name).stream())
                .limit(500).map(MailAddress::toString).collect(Collectors.joining(" "));
        String names = parts.stream().filter(part -> part.role() != Role.TEXT).map(StoredPart::name)
                .collect(Collectors.joining(" "));
        return SearchWords.of(String.join(" ", view.subject(), addresses, recipients,
                mail.envelope().reversePath().map(Mailbox::toString).orElse(""), mail.id(), names, text),
                        SearchWords.MOST);
    }

    /**
     * RFC 5321 section 4.5.4.1: a sender that does not hear our reply sends again, so a mail can come twice. Our id and
     * our {@code Received} field differ then; message id, envelope and body do not. A {@code Message-ID} alone would
     * not do: a mailing list sends the same one to several recipients in several transactions.
     */
    private static String digest(String messageId, Envelope envelope, MailPart root) throws IOException {
        MessageDigest sha256 = sha256();
        add(sha256, messageId);
        add(sha256, envelope.reversePath().map(Mailbox::toString).orElse(""));
        envelope.recipients().forEach(recipient -> add(sha256, recipient.mailbox().toString()));
        try (InputStream body = root.openEncoded()) {
            body.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static void add(MessageDigest digest, String part) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java platform has SHA-256", e);
        }
    }

    /** Not each database takes a NUL or half a character; nothing is cut in the midst of one. */
    static String clean(String text, int most) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            int kept = c == 0 || Character.getType(c) == Character.SURROGATE ? '\uFFFD' : c;
            if (clean.length() + Character.charCount(kept) > most) {
                break;
            }
            clean.appendCodePoint(kept);
        }
        return clean.toString();
    }
}
