package io.smtpra.ra.outbound.session;

import io.smtpra.BodyType;
import io.smtpra.DsnNotify;
import io.smtpra.DsnReturn;
import io.smtpra.Envelope;
import io.smtpra.Mailbox;
import io.smtpra.Recipient;
import io.smtpra.compose.MessageEnvelope;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a Session's properties and an {@code SMTPMessage} say of the envelope; what the message says comes first. What
 * makes no sense is refused, and not sent on for the next hop to refuse.
 */
final class EnvelopeOptions {

    private static final Pattern HEX = Pattern.compile("\\+([0-9A-F]{2})");

    private final Session session;
    private final String prefix;
    private final MimeMessage message;
    private final AngusOptions own;

    /**
     * Options of one mail.
     *
     * @param protocol by whose name the properties go: {@code smtp} or {@code smtps}
     */
    EnvelopeOptions(Session session, String protocol, MimeMessage message) {
        this.session = session;
        this.prefix = "mail." + protocol + ".";
        this.message = message;
        this.own = AngusOptions.of(message);
    }

    boolean sendPartial() {
        return own.sendPartial() || flag("sendpartial");
    }

    boolean allow8bitMime() {
        return own.allow8bitMime() || flag("allow8bitmime");
    }

    /**
     * The envelope.
     *
     * @param byDefault the reverse-path that the factory is configured to use, where nobody names one
     */
    Envelope envelope(Collection<Mailbox> recipients, Optional<Optional<Mailbox>> byDefault) throws MessagingException {
        Optional<Mailbox> sender = sender(byDefault);
        Envelope.Builder envelope = Envelope.from(sender).partial(sendPartial());
        Set<DsnNotify> notifyOn = notifyOn();
        recipients.forEach(mailbox -> envelope.to(new Recipient(mailbox, notifyOn, Optional.empty())));
        envelope.smtpUtf8(sender.stream().anyMatch(Mailbox::needsSmtpUtf8)
                || recipients.stream().anyMatch(Mailbox::needsSmtpUtf8));
        Optional<String> amount = own.returnOption().or(() -> text("dsn.ret"));
        if (amount.isPresent()) {
            envelope.dsnReturn(read("dsn.ret", amount.get(), "FULL or HDRS", text -> DsnReturn.valueOf(upper(text))));
        }
        Optional<String> extension = own.mailExtension().or(() -> text("mailextension"));
        if (extension.isPresent()) {
            for (String word : extension.get().trim().split(" +")) {
                read("mailextension", word, "ENVID=…, REQUIRETLS, SMTPUTF8, BODY=8BITMIME",
                        text -> extend(envelope, text));
            }
        }
        return envelope.build();
    }

    private Optional<Mailbox> sender(Optional<Optional<Mailbox>> byDefault) throws MessagingException {
        Optional<String> named = own.envelopeFrom().or(() -> text("from"));
        if (named.isPresent()) {
            return read("from", named.get(), "a mailbox, as bounces@example.com, or <>", EnvelopeOptions::path);
        }
        if (byDefault.isPresent()) {
            return byDefault.get();
        }
        try {
            return Optional.of(MessageEnvelope.sender(message).orElseThrow(() -> new MessagingException(
                    "The message has neither Sender nor From, and " + prefix + "from is not set")));
        } catch (IllegalArgumentException e) {
            throw new MessagingException("The message's sender cannot be read: " + e.getMessage(), e);
        }
    }

    private Set<DsnNotify> notifyOn() throws MessagingException {
        Optional<String> words = own.notifyOptions().or(() -> text("dsn.notify"));
        if (words.isEmpty()) {
            return Set.of();
        }
        return read("dsn.notify", words.get(), "NEVER, or some of SUCCESS,FAILURE,DELAY", text -> {
            Set<DsnNotify> read = Arrays.stream(text.split(","))
                    .map(word -> DsnNotify.valueOf(upper(word.trim()))).collect(Collectors.toSet());
            if (read.contains(DsnNotify.NEVER) && read.size() > 1) {
                throw new IllegalArgumentException();
            }
            return read;
        });
    }

    private static Envelope.Builder extend(Envelope.Builder envelope, String word) {
        String name = upper(word.replaceFirst("=.*", ""));
        return switch (name) {
            case "REQUIRETLS" -> envelope.requireTls(true);
            case "SMTPUTF8" -> envelope.smtpUtf8(true);
            case "ENVID" -> envelope.envelopeId(unescaped(word.substring("ENVID".length()).replaceFirst("=", "")));
            case "BODY" -> {
                if (!word.equalsIgnoreCase("BODY=8BITMIME")) {
                    throw new IllegalArgumentException();
                }
                yield envelope.bodyType(BodyType.EIGHT_BIT_MIME);
            }
            default -> throw new IllegalArgumentException();
        };
    }

    /** Undoes xtext (RFC 3461 section 4). */
    private static String unescaped(String xtext) {
        return HEX.matcher(xtext).replaceAll(hex -> Matcher.quoteReplacement(
                new String(new byte[] {(byte) Integer.parseInt(hex.group(1), 16)}, StandardCharsets.ISO_8859_1)));
    }

    private static Optional<Mailbox> path(String text) {
        String path = text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text;
        return path.isEmpty() ? Optional.empty() : Optional.of(Mailbox.parse(path).toAscii());
    }

    private <T> T read(String property, String value, String allowed, Function<String, T> reader)
            throws MessagingException {
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException e) {
            throw new MessagingException("%s%s is '%s', allowed: %s".formatted(
                    prefix, property, value.replaceAll("\\p{Cntrl}", "?"), allowed), e);
        }
    }

    private boolean flag(String property) {
        return text(property).map(Boolean::parseBoolean).orElse(false);
    }

    /** Programs put all kinds of objects into properties, which are texts by right. */
    private Optional<String> text(String property) {
        Object value = session.getProperties().get(prefix + property);
        return Optional.ofNullable(value == null ? session.getProperty(prefix + property) : value.toString())
                .map(String::trim).filter(text -> !text.isEmpty());
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }
}
