package io.smtpra.mailer;

import io.smtpra.InboundMail;
import io.smtpra.MailContent;
import io.smtpra.mail.MailPart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that a mail carries beside its text.
 *
 * @param name of the file
 * @param type type and subtype, in small letters
 * @param parameters of the type
 * @param contentId what the HTML calls it by, if it shows it
 * @param content its octets
 * @param borrowed whether the content belongs to a mail that has arrived, and is gone with that
 * @param eightBit whether it is a message with octets above 127, which must not be encoded (RFC 2046 section 5.2.1)
 */
record MailFile(
        String name,
        String type,
        Map<String, String> parameters,
        Optional<String> contentId,
        MailContent content,
        boolean borrowed,
        boolean eightBit) {

    /** What file systems take. */
    private static final int LONGEST_NAME = 255;
    private static final String UNKNOWN = "application/octet-stream";
    private static final Pattern TYPE = Pattern.compile("\\s*([^/;\\s]+)/([^/;\\s]+)\\s*(;.*)?");
    private static final Pattern PARAMETER =
            Pattern.compile("\\s*;\\s*([^=;\\s]+)\\s*=\\s*(\"[^\"\\\\]*\"|[^;\"\\s]+)\\s*");
    private static final Pattern CONTENT_ID = Pattern.compile("[A-Za-z0-9!#$&'*+=?^_`{|}~.@-]{1,200}");

    MailFile {
        Objects.requireNonNull(content, "content");
        contentId.ifPresent(MailFile::checkContentId);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        if (name.isBlank() || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME
                || name.chars().anyMatch(c -> Character.isISOControl(c) || c == '/' || c == '\\')) {
            throw new IllegalArgumentException("A file's name has 1 to " + LONGEST_NAME
                    + " octets, no path and no control characters");
        }
    }

    /** A file of a type as {@code text/csv; charset=utf-8}. */
    static MailFile of(String name, String type, Optional<String> contentId, MailContent content) {
        Matcher matcher = TYPE.matcher(type);
        if (!matcher.matches() || !HeaderWriter.isToken(matcher.group(1)) || !HeaderWriter.isToken(matcher.group(2))) {
            throw new IllegalArgumentException("A type is written as application/pdf or text/csv; charset=utf-8");
        }
        String plain = (matcher.group(1) + "/" + matcher.group(2)).toLowerCase(Locale.ROOT);
        if (plain.startsWith("multipart/") || plain.startsWith("message/")) {
            throw new IllegalArgumentException("A file is no " + plain
                    + "; a mail is attached with attach(InboundMail) or attach(MailPart)");
        }
        return new MailFile(name, plain, parameters(Optional.ofNullable(matcher.group(3)).orElse("")), contentId,
                content, false, false);
    }

    /** A mail octet for octet. */
    static MailFile of(InboundMail mail) throws IOException {
        String name = mail.view().subject().replaceAll("[\\p{Cntrl}/\\\\]", "_").strip();
        String shortened = name.codePoints().limit(60)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        return message((shortened.isEmpty() ? "message" : shortened) + ".eml", new MailContent() {
            @Override
            public InputStream open() throws IOException {
                return mail.content();
            }

            @Override
            public OptionalLong length() {
                return OptionalLong.of(mail.size());
            }
        });
    }

    /** A part: a message stays one, and what a file cannot be becomes octets. */
    static MailFile of(MailPart part) throws IOException {
        if (part.message().isPresent()) {
            return message(part.fileName(), part::openEncoded);
        }
        MailFile file;
        try {
            file = of(part.fileName(), typeOf(part), Optional.empty(), part::open);
        } catch (IllegalArgumentException e) {
            file = of(part.fileName(), UNKNOWN, Optional.empty(), part::open);
        }
        return file.asBorrowed();
    }

    private static MailFile message(String name, MailContent content) throws IOException {
        return new MailFile(name, "message/rfc822", Map.of(), Optional.empty(), content, true, isEightBit(content));
    }

    private MailFile asBorrowed() {
        return new MailFile(name, type, parameters, contentId, content, true, eightBit);
    }

    /** The same with a content that stays. */
    MailFile with(MailContent kept) {
        return new MailFile(name, type, parameters, contentId, kept, false, eightBit);
    }

    boolean isMessage() {
        return type.equals("message/rfc822");
    }

    private static String typeOf(MailPart part) {
        String type = part.contentType();
        if (type.startsWith("message/")) {
            // a report, which only within its multipart means something
            return "text/plain";
        }
        return type + parameter(part, "charset") + parameter(part, "method");
    }

    private static String parameter(MailPart part, String name) {
        return part.parameter(name).filter(HeaderWriter::isToken).map(value -> "; " + name + "=" + value).orElse("");
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Matcher matcher = PARAMETER.matcher(text);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            String value = matcher.group(2).replace("\"", "");
            if (!HeaderWriter.isToken(matcher.group(1)) || !HeaderWriter.EncodedWord.isPlain(value)) {
                break;
            }
            parameters.put(matcher.group(1).toLowerCase(Locale.ROOT), value);
            end = matcher.end();
        }
        if (!text.substring(end).isBlank()) {
            throw new IllegalArgumentException("Parameters of a type are written as ; charset=utf-8");
        }
        return parameters;
    }

    private static void checkContentId(String id) {
        if (!CONTENT_ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "A content id has 1 to 200 characters, letters, digits and !#$&'*+=?^_`{|}~.@-, as logo");
        }
    }

    private static boolean isEightBit(MailContent content) throws IOException {
        byte[] buffer = new byte[8192];
        try (InputStream in = content.open()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] < 0) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
