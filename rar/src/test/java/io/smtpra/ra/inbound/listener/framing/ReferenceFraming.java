package io.smtpra.ra.inbound.listener.framing;

import java.util.ArrayList;
import java.util.List;

/** The rules of RFC 5321 said once more, slowly, with the whole stream at hand. */
final class ReferenceFraming {

    private ReferenceFraming() {}

    static List<String> of(String stream) {
        return of(stream, false);
    }

    /** With the line ends of text mended. */
    static List<String> mended(String stream) {
        return of(stream, true);
    }

    private static List<String> of(String stream, boolean mended) {
        List<String> found = new ArrayList<>();
        String rest = stream;
        while (rest.contains("\n")) {
            int lineFeed = rest.indexOf('\n');
            if (!rest.substring(0, lineFeed).endsWith("\r")) {
                found.add("BARE_LF");
                String behind = rest.substring(lineFeed + 1);
                rest = behind.contains("\r\n") ? behind.substring(behind.indexOf("\r\n") + 2) : "";
                continue;
            }
            int end = lineFeed - 1;
            String line = rest.substring(0, end);
            rest = rest.substring(end + 2);
            if (line.contains("\r")) {
                found.add("BARE_CR");
                continue;
            }
            found.add("line " + line);
            if (line.equals("DATA")) {
                rest = text(rest, found, mended);
            } else if (line.startsWith("BDAT ")) {
                rest = chunk(rest, Integer.parseInt(line.substring(5)), found);
            }
        }
        return found;
    }

    private static String text(String rest, List<String> found, boolean mended) {
        String lines = "\r\n" + rest;
        int end = lines.indexOf("\r\n.\r\n");
        if (end < 0) {
            String kept = unstuffed(lines);
            // a dot and a CR at the very end of the input wait for what follows
            String settled = lines.endsWith("\r\n.\r") ? kept.substring(0, kept.length() - 1) : kept;
            if (!settled.isEmpty()) {
                found.add("unfinished " + settled);
            }
            return "";
        }
        String stuffed = lines.substring(0, end + 2);
        String bare = stuffed.replace("\r\n", "");
        found.add((bare.contains("\n") ? "bare LF " : "") + (bare.contains("\r") ? "bare CR " : "") + "content "
                + (mended ? unstuffedLines(stuffed) : unstuffed(stuffed)));
        return lines.substring(end + 5);
    }

    private static String unstuffedLines(String lines) {
        return unstuffed(lines.replaceAll("\r\n|\r|\n", "\r\n"));
    }

    private static String unstuffed(String lines) {
        return lines.replace("\r\n.", "\r\n").substring(2);
    }

    private static String chunk(String rest, int length, List<String> found) {
        if (rest.length() < length) {
            if (!rest.isEmpty()) {
                found.add("unfinished " + rest);
            }
            return "";
        }
        found.add("content " + rest.substring(0, length));
        return rest.substring(length);
    }
}
