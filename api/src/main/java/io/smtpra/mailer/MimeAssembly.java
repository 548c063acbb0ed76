package io.smtpra.mailer;

import io.smtpra.MailContent;
import io.smtpra.mailer.Invitation.CalendarObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The body of a mail: its parts put into each other as mail programs expect them. Alternatives (RFC 2046 section 5.1.4)
 * stand from the plainest to the richest; the HTML and what it shows are one of them, related (RFC 2387); files come
 * last. What would have one part alone is that part.
 */
final class MimeAssembly {

    private static final byte[] LINE_END = {'\r', '\n'};

    private final String boundary;
    private int boundaries;

    /**
     * An assembly.
     *
     * @param boundary what the boundaries are made of: nobody can guess it, so that no text holds one
     */
    MimeAssembly(String boundary) {
        this.boundary = boundary;
    }

    /** The fields that describe a body, the empty line, and the body. */
    private record Entity(byte[] fields, List<MailContent> body, boolean eightBit) {

        List<MailContent> whole() {
            List<MailContent> whole = new ArrayList<>(body.size() + 2);
            whole.add(MailContent.of(fields));
            whole.add(MailContent.of(LINE_END));
            whole.addAll(body);
            return whole;
        }
    }

    /** A whole mail: what the header begins with, and what it is about. */
    MailContent assemble(byte[] header, MailBody body) {
        List<MailContent> whole = new ArrayList<>();
        whole.add(MailContent.of(header));
        whole.addAll(mixed(body).whole());
        return new Segments(whole);
    }

    private Entity mixed(MailBody body) {
        return multipart("mixed", Map.of(), Stream.concat(
                Stream.of(alternative(body)), body.attachments().stream().map(MimeAssembly::file)).toList());
    }

    private Entity alternative(MailBody body) {
        List<Entity> alternatives = new ArrayList<>();
        alternatives.add(text("plain", Map.of(), body.text().orElse("")));
        body.html().ifPresent(html -> alternatives.add(related(html, body.inline())));
        // RFC 6047 section 2.4
        body.calendar().ifPresent(calendar -> alternatives.add(
                text("calendar", Map.of("method", calendar.method()), calendar.text())));
        return multipart("alternative", Map.of(), alternatives);
    }

    private Entity related(String html, List<MailFile> inline) {
        return multipart("related", Map.of("type", "text/html"), Stream.concat(
                Stream.of(text("html", Map.of(), html)), inline.stream().map(MimeAssembly::file)).toList());
    }

    private Entity multipart(String subtype, Map<String, String> more, List<Entity> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        String delimiter = "=_" + boundary + "_" + ++boundaries;
        boolean eightBit = parts.stream().anyMatch(Entity::eightBit);
        Map<String, String> parameters = new LinkedHashMap<>(more);
        parameters.put("boundary", delimiter);
        HeaderWriter fields = new HeaderWriter().parameters("Content-Type", "multipart/" + subtype, parameters);
        if (eightBit) {
            // RFC 2045 section 6.4
            fields.words("Content-Transfer-Encoding", List.of("8bit"));
        }
        List<MailContent> body = new ArrayList<>();
        for (Entity part : parts) {
            body.add(ascii((body.isEmpty() ? "" : "\r\n") + "--" + delimiter + "\r\n"));
            body.addAll(part.whole());
        }
        body.add(ascii("\r\n--" + delimiter + "--\r\n"));
        return new Entity(fields.octets(), body, eightBit);
    }

    private static Entity text(String subtype, Map<String, String> more, String text) {
        TextBody body = TextBody.of(text);
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("charset", "utf-8");
        parameters.putAll(more);
        return new Entity(new HeaderWriter()
                .parameters("Content-Type", "text/" + subtype, parameters)
                .words("Content-Transfer-Encoding", List.of(body.encoding()))
                .octets(), List.of(MailContent.of(body.octets())), false);
    }

    private static Entity file(MailFile file) {
        String encoding = !file.isMessage() ? "base64" : file.eightBit() ? "8bit" : "7bit";
        HeaderWriter fields = new HeaderWriter()
                .parameters("Content-Type", file.type(), file.parameters())
                .words("Content-Transfer-Encoding", List.of(encoding))
                .parameters("Content-Disposition", file.contentId().isPresent() ? "inline" : "attachment",
                        Map.of("filename", file.name()));
        file.contentId().ifPresent(id -> fields.words("Content-ID", List.of("<" + id + ">")));
        return new Entity(fields.octets(),
                List.of(file.isMessage() ? file.content() : new Base64Lines(file.content())), file.eightBit());
    }

    private static MailContent ascii(String text) {
        return MailContent.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * What a mail has below its header.
     *
     * @param text the plain text
     * @param html the HTML, if there is any
     * @param calendar an invitation, if it is one
     * @param inline what the HTML shows
     * @param attachments what stands below the text
     */
    record MailBody(Optional<String> text, Optional<String> html, Optional<CalendarObject> calendar,
            List<MailFile> inline, List<MailFile> attachments) {

        MailBody {
            inline = List.copyOf(inline);
            attachments = List.copyOf(attachments);
        }

        boolean isEightBit() {
            return attachments.stream().anyMatch(MailFile::eightBit);
        }
    }
}
