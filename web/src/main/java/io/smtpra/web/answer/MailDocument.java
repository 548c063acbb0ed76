package io.smtpra.web.answer;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;

/**
 * Makes the HTML of a stranger a document that can be looked at.
 *
 * <p>What keeps it from running scripts and from fetching is its Content-Security-Policy and the frame's sandbox. But
 * neither holds back {@code <link rel=preconnect>}, and a browser may have faults: so only elements and attributes that
 * are known to be harmless are taken over, and addresses of images elsewhere only if they are wanted. Images of the
 * mail itself are put into the document, for one without an origin has no session to fetch them with.
 */
public final class MailDocument {

    /** Characters of HTML that are looked at; what comes after them is left out. */
    static final int LONGEST_HTML = 4 << 20;

    /** Octets of images that are put into the document, all together. */
    static final int LARGEST_IMAGES = 8 << 20;

    private static final String[] STRUCTURE = {
        "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption",
        "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "dir", "div", "dl", "dt", "em",
        "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img",
        "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section",
        "small", "span", "strike", "strong", "style", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th",
        "thead", "time", "tr", "tt", "u", "ul", "var", "wbr"};

    private static final String[] LOOKS = {"style", "class", "id", "dir", "lang", "title", "align", "valign", "bgcolor",
        "color", "width", "height", "border", "cellpadding", "cellspacing", "colspan", "rowspan", "nowrap", "face",
        "size", "type", "start", "alt", "hspace", "vspace", "name"};

    private static final Safelist HARMLESS = new Safelist()
            .addTags(STRUCTURE)
            .addAttributes(":all", LOOKS)
            .addAttributes("a", "href")
            .addAttributes("img", "src")
            .addProtocols("a", "href", "http", "https", "mailto", "tel", "#")
            .addProtocols("img", "src", "http", "https", "data");

    private final boolean remoteImages;
    private final Function<String, Optional<InlineImage>> byContentId;

    /**
     * @param remoteImages whether images elsewhere may be fetched
     * @param byContentId the mail's image with a content id, which is without its angle brackets
     */
    public MailDocument(boolean remoteImages, Function<String, Optional<InlineImage>> byContentId) {
        this.remoteImages = remoteImages;
        this.byContentId = byContentId;
    }

    public String of(String html) {
        Document theirs = Jsoup.parse(html.substring(0, Math.min(html.length(), LONGEST_HTML)));
        // the cleaner takes over the body alone
        theirs.head().select("style").forEach(style -> theirs.body().prependChild(style));
        embedImages(theirs);
        Document ours = new Cleaner(HARMLESS).clean(theirs);
        ours.select("a[href]").forEach(MailDocument::leaveFrame);
        takeOver(theirs.body(), ours.body());
        ours.outputSettings().prettyPrint(false);
        ours.head().appendElement("meta").attr("charset", "utf-8");
        return "<!DOCTYPE html>\n" + ours.outerHtml();
    }

    private void embedImages(Document document) {
        Map<String, Optional<String>> known = new HashMap<>();
        int[] left = {LARGEST_IMAGES};
        for (Element image : document.select("img[src]")) {
            String address = image.attr("src").strip();
            String scheme = address.toLowerCase(Locale.ROOT);
            if (scheme.startsWith("cid:")) {
                known.computeIfAbsent(address.substring(4), id -> embed(id, left))
                        .ifPresentOrElse(data -> image.attr("src", data), () -> image.removeAttr("src"));
            } else if (!remoteImages && !scheme.startsWith("data:")) {
                image.removeAttr("src");
            }
        }
    }

    private Optional<String> embed(String contentId, int[] left) {
        return byContentId.apply(decoded(contentId))
                .filter(image -> InlineImage.isShown(image.type()) && image.octets().length <= left[0])
                .map(image -> {
                    left[0] -= image.octets().length;
                    return image.dataAddress();
                });
    }

    /** RFC 2392 section 2: the address has the characters of the content id percent-encoded. */
    private static String decoded(String contentId) {
        try {
            return URLDecoder.decode(contentId.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return contentId;
        }
    }

    /** A link opens a tab, which knows nothing of this page; one within the document stays in it. */
    private static void leaveFrame(Element link) {
        if (!link.attr("href").startsWith("#")) {
            link.attr("target", "_blank").attr("rel", "noopener noreferrer");
        }
    }

    private static void takeOver(Element from, Element to) {
        for (String name : new String[] {"style", "class", "dir", "lang", "bgcolor"}) {
            if (from.hasAttr(name)) {
                to.attr(name, from.attr(name));
            }
        }
    }
}
