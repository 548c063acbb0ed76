package io.smtpra.ra.authenticity.dkim.sign;

import java.util.Base64;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** What happens to a mail on its way. */
enum MailChange {

    NOTHING(mail -> mail),
    FORWARDED(mail -> "Return-Path: <list@example.net>\r\nReceived: from mx.example.net\r\n\tby mx2; now\r\n" + mail),
    X_HEADER_ADDED(mail -> beforeBody(mail, "X-Spam: no")),
    SECOND_FROM_ABOVE(mail -> "From: evil@example.net\r\n" + mail),
    SECOND_FROM_BELOW(mail -> beforeBody(mail, "From: evil@example.net")),
    SECOND_SUBJECT_ABOVE(mail -> "Subject: evil\r\n" + mail),
    SECOND_SUBJECT_BELOW(mail -> beforeBody(mail, "Subject: evil")),
    SUBJECT_TAGGED(mail -> mail.replaceFirst("(?i)\r\nsubject:", "\r\nSubject: [list]")),
    SUBJECT_REFOLDED(mail -> mail.replaceFirst("(?i)\r\nsubject: ", "\r\nSubject:\r\n\t ")),
    SUBJECT_GONE(mail -> mail.replaceFirst("(?i)\r\nsubject:.*", "")),
    SUBJECT_IN_OTHER_CASE(mail -> mail.replaceFirst("(?i)\r\nsubject:", "\r\nSUBJECT:")),
    FROM_WITH_TRAILING_SPACE(mail -> mail.replaceFirst("(?i)(\r\nfrom *:.*)", "$1  \t")),
    HEADERS_TURNED_ROUND(mail -> mail.replaceFirst("(?i)\r\n(to:.*)\r\n(subject:.*)\r\n", "\r\n$2\r\n$1\r\n")),
    LINE_WITHOUT_COLON(mail -> beforeBody(mail, "this is no header")),
    FOLD_OF_WHITE_SPACE_ALONE(mail -> mail.replaceFirst("(?i)(\r\nfrom *:.*)", "$1\r\n  ")),
    FOOTER(mail -> mail + "-- \r\nlist@example.net\r\n"),
    EMPTY_LINES_AT_THE_END(mail -> mail + "\r\n\r\n\r\n"),
    WHITE_SPACE_AT_LINE_ENDS(mail -> body(mail, body -> body.replace("\r\n", " \t\r\n"))),
    WHITE_SPACE_DOUBLED(mail -> body(mail, body -> body.replace(" ", "  "))),
    LAST_LINE_END_GONE(mail -> mail.endsWith("\r\n\r\n") ? mail : mail.substring(0, mail.length() - 2)),
    LETTER_CHANGED(mail -> body(mail, body -> body.replaceFirst("[a-z]", "Q"))),
    REENCODED(mail -> body(mail, body ->
            Base64.getMimeEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)) + "\r\n")),
    SEMICOLON_BEHIND_SIGNATURE(mail -> mail.replaceFirst("\r\n(?=(?:Received|From|FROM))", ";\r\n")),
    SIGNATURE_REFOLDED(mail -> mail.replaceFirst("; *\r\n", ";\r\n \t ")),
    TAG_TWICE(mail -> mail.replaceFirst("v=1;", "v=1; d=example.com;")),
    UNKNOWN_TAG(mail -> mail.replaceFirst("v=1;", "v=1; zz=1;")),
    EXPIRED(mail -> mail.replaceFirst("v=1;", "v=1; x=1000;"));

    private final UnaryOperator<String> change;

    MailChange(UnaryOperator<String> change) {
        this.change = change;
    }

    String of(String mail) {
        return change.apply(mail);
    }

    private static String beforeBody(String mail, String line) {
        return mail.replaceFirst("\r\n\r\n", "\r\n" + line + "\r\n\r\n");
    }

    private static String body(String mail, UnaryOperator<String> change) {
        int start = mail.indexOf("\r\n\r\n") + 4;
        return mail.substring(0, start) + change.apply(mail.substring(start));
    }
}
