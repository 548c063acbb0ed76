package io.smtpra.web.answer;

import io.smtpra.mail.MailView;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A station of a mail's way, as a {@code Received} field tells it (RFC 5321 section 4.4). All but the first of them
 * anybody can have made up.
 *
 * @param by who took it
 * @param from who brought it
 * @param with the protocol, as {@code ESMTPS}
 * @param tls version and cipher, where the field tells them; {@code yes} where only the protocol does (RFC 3848)
 * @param date when, as it is written
 */
public record Hop(Optional<String> by, Optional<String> from, Optional<String> with, Optional<String> tls,
        Optional<String> date) {

    private static final int MOST = 100;
    private static final Pattern BY = word("by");
    private static final Pattern FROM = word("from");
    private static final Pattern WITH = word("with");
    private static final Pattern TLS_VERSION = Pattern.compile("\\b(TLS ?v?1[._][0-3]|TLSv1|SSLv3)\\b");
    private static final Pattern TLS_CIPHER =
            Pattern.compile("\\b(TLS_[A-Z0-9_]{5,60}|(?:ECDHE|DHE|AES|RSA|ADH|AECDH)-[A-Z0-9-]{5,60})\\b");

    /** The stations of a mail, the last one first. */
    public static List<Hop> of(MailView view) {
        return view.headers().stream().filter(field -> field.name().equalsIgnoreCase("Received")).limit(MOST)
                .map(field -> of(field.text())).toList();
    }

    public static Hop of(String field) {
        int semicolon = field.lastIndexOf(';');
        String way = semicolon < 0 ? field : field.substring(0, semicolon);
        String words = withoutComments(way);
        Optional<String> with = find(WITH, words);
        Optional<String> version = find(TLS_VERSION, way);
        Optional<String> cipher = find(TLS_CIPHER, way);
        Optional<String> tls = version.map(name -> name + cipher.map(suite -> " " + suite).orElse("")).or(() -> cipher)
                .or(() -> with.filter(name -> name.matches("(?i)(UTF8)?(E?SMTP|LMTP)SA?|HTTPS")).map(name -> "yes"));
        return new Hop(find(BY, words), find(FROM, words), with, tls,
                Optional.of(semicolon < 0 ? "" : field.substring(semicolon + 1).strip())
                        .filter(text -> !text.isEmpty()));
    }

    public JsonObject json() {
        return Json.createObjectBuilder()
                .add("by", MailJson.orNull(by))
                .add("from", MailJson.orNull(from))
                .add("with", MailJson.orNull(with))
                .add("tls", MailJson.orNull(tls))
                .add("date", MailJson.orNull(date))
                .build();
    }

    /** A word of the field and what follows it. */
    private static Pattern word(String name) {
        return Pattern.compile("(?:^|[\\s)])" + name + "\\s+([^\\s;()]{1,255})", Pattern.CASE_INSENSITIVE);
    }

    private static String withoutComments(String text) {
        StringBuilder outside = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : 0;
            if (depth == 0) {
                outside.append(c);
            }
            depth -= c == ')' && depth > 0 ? 1 : 0;
        }
        return outside.toString();
    }

    private static Optional<String> find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
