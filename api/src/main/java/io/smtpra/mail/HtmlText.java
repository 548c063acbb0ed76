package io.smtpra.mail;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of HTML, for mails that have nothing else: words and lines, without any of its looks. It goes through it
 * once.
 */
public final class HtmlText {

    private static final Set<String> UNSEEN = Set.of("script", "style", "head", "title", "template");
    private static final Set<String> LINES = Set.of("br", "p", "div", "tr", "li", "ul", "ol", "dl", "dt", "dd", "table",
            "blockquote", "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer",
            "form");
    private static final Set<String> PARAGRAPHS = Set.of("p", "ul", "ol", "table", "blockquote", "pre", "hr",
            "h1", "h2", "h3", "h4", "h5", "h6");
    private static final int LONGEST_ENTITY = 10;
    private static final Map<String, String> ENTITIES = entities();
    private static final Pattern LINK = Pattern.compile(
            "\\shref\\s*=\\s*(?:\"(https?:[^\"]*|mailto:[^\"?]*)|'(https?:[^']*|mailto:[^'?]*))",
            Pattern.CASE_INSENSITIVE);

    private final String html;
    private final StringBuilder text = new StringBuilder();
    private final boolean links;
    /** Where the link goes that is open, if that is to be shown, and where its words begin. */
    private String link = "";
    private int linkStart;
    /** How many line ends are due before the next word, and whether a blank is. */
    private int lines;
    private boolean blank;

    private HtmlText(String html, boolean links) {
        this.html = html;
        this.links = links;
    }

    /**
     * The words and lines of HTML.
     *
     * @param html a document, or a piece of one
     * @return with LF as line end; empty if there is no word in it
     */
    public static String of(String html) {
        return new HtmlText(html, false).run();
    }

    /**
     * The words and lines of HTML, and behind the words of each link where it goes, unless they say so themselves.
     *
     * @param html a document, or a piece of one
     * @return with LF as line end; empty if there is no word in it
     */
    public static String withLinks(String html) {
        return new HtmlText(html, true).run();
    }

    private String run() {
        int at = 0;
        while (at < html.length()) {
            char c = html.charAt(at);
            if (c == '<') {
                at = markup(at);
            } else if (c == '&') {
                at = entity(at);
            } else {
                add(c);
                at++;
            }
        }
        return text.isEmpty() ? "" : text.append('\n').toString();
    }

    private int markup(int at) {
        if (html.startsWith("<!--", at)) {
            return behind("-->", at + 4);
        }
        int name = at + 1;
        boolean end = name < html.length() && html.charAt(name) == '/';
        name += end ? 1 : 0;
        int nameEnd = name;
        while (nameEnd < html.length() && Character.isLetterOrDigit(html.charAt(nameEnd))) {
            nameEnd++;
        }
        if (nameEnd == name && !html.startsWith("!", name) && !html.startsWith("?", name)) {
            add('<');
            return at + 1;
        }
        String tag = html.substring(name, Math.min(nameEnd, name + LONGEST_ENTITY)).toLowerCase(Locale.ROOT);
        int behind = behind(">", nameEnd);
        if (UNSEEN.contains(tag) && !end) {
            return unseen(tag, behind);
        }
        if (links && tag.equals("a")) {
            showLink(end, html.substring(nameEnd, behind));
        }
        if (LINES.contains(tag)) {
            lines = tag.equals("br") ? Math.min(lines + 1, 2) : Math.max(lines, PARAGRAPHS.contains(tag) ? 2 : 1);
        } else if (tag.equals("td") || tag.equals("th")) {
            blank = true;
        }
        return behind;
    }

    private void showLink(boolean end, String attributes) {
        String address = link.replaceFirst("(?i)^mailto:", "");
        if (end && !address.isEmpty() && !text.substring(Math.min(linkStart, text.length())).strip().equals(address)) {
            blank = true;
            ("(" + address + ")").chars().forEach(c -> add((char) c));
        }
        Matcher matcher = LINK.matcher(attributes);
        boolean begins = !end && matcher.find();
        link = !begins ? "" : (matcher.group(1) != null ? matcher.group(1) : matcher.group(2)).replace("&amp;", "&");
        linkStart = text.length();
    }

    /** Behind the end of an element that is not shown; of one that does not end, behind its beginning. */
    private int unseen(String tag, int from) {
        for (int at = html.indexOf("</", from); at >= 0; at = html.indexOf("</", at + 2)) {
            if (html.regionMatches(true, at + 2, tag, 0, tag.length())) {
                return behind(">", at + 2 + tag.length());
            }
        }
        return html.length();
    }

    private int behind(String end, int from) {
        int at = html.indexOf(end, from);
        return at < 0 ? html.length() : at + end.length();
    }

    private int entity(int at) {
        int end = at + 1;
        while (end < html.length() && end - at <= LONGEST_ENTITY && html.charAt(end) != ';') {
            end++;
        }
        if (end < html.length() && html.charAt(end) == ';') {
            String decoded = decoded(html.substring(at + 1, end));
            if (!decoded.isEmpty()) {
                decoded.chars().forEach(c -> add((char) c));
                return end + 1;
            }
        }
        add('&');
        return at + 1;
    }

    private static String decoded(String name) {
        if (!name.startsWith("#")) {
            return ENTITIES.getOrDefault(name, "");
        }
        try {
            boolean hexadecimal = name.startsWith("#x") || name.startsWith("#X");
            int code = Integer.parseInt(name.substring(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10);
            boolean character = Character.isValidCodePoint(code) && !Character.isISOControl(code)
                    && Character.getType(code) != Character.SURROGATE;
            return character ? Character.toString(code) : "";
        } catch (NumberFormatException e) {
            return "";
        }
    }

    private void add(char c) {
        if (Character.isWhitespace(c) || c == '\u00A0') {
            blank = true;
            return;
        }
        if (!text.isEmpty()) {
            text.append(lines > 0 ? "\n".repeat(lines) : blank ? " " : "");
        }
        lines = 0;
        blank = false;
        text.append(c);
    }

    private static Map<String, String> entities() {
        Map<String, String> entities = new HashMap<>(Map.ofEntries(
                Map.entry("amp", "&"), Map.entry("lt", "<"), Map.entry("gt", ">"), Map.entry("quot", "\""),
                Map.entry("apos", "'"), Map.entry("euro", "€"), Map.entry("ndash", "–"), Map.entry("mdash", "—"),
                Map.entry("lsquo", "‘"), Map.entry("rsquo", "’"), Map.entry("sbquo", "‚"), Map.entry("ldquo", "“"),
                Map.entry("rdquo", "”"), Map.entry("bdquo", "„"), Map.entry("hellip", "…"), Map.entry("bull", "•"),
                Map.entry("trade", "™")));
        // the upper half of ISO 8859-1, in its order
        String[] latin = ("nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2"
                + " sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde"
                + " Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc"
                + " Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring"
                + " aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml"
                + " divide oslash ugrave uacute ucirc uuml yacute thorn yuml").split(" ");
        for (int i = 0; i < latin.length; i++) {
            entities.put(latin[i], String.valueOf((char) (0xA0 + i)));
        }
        return Map.copyOf(entities);
    }
}
