package io.smtpra.mail;

import java.util.ArrayList;
import java.util.List;

/**
 * Which parts are the text, which the HTML, which belong into it, and which are attachments: as RFC 8621 section 4.1.4
 * recommends it, with what is inline kept apart from the attachments.
 *
 * @param text the parts that make the text
 * @param html the parts that make the HTML
 * @param inline what the HTML shows
 * @param attachments all else
 */
record Bodies(List<MailPart> text, List<MailPart> html, List<MailPart> inline, List<MailPart> attachments) {

    static Bodies of(MailPart root) {
        Bodies bodies = new Bodies(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        bodies.sort(List.of(root), "multipart/mixed", true, true);
        return bodies;
    }

    /** The two flags say which body the texts found there belong to: within alternatives that is one of the two. */
    private void sort(List<MailPart> parts, String multipart, boolean toText, boolean toHtml) {
        int texts = text.size();
        int htmls = html.size();
        boolean alternative = multipart.equals("multipart/alternative");
        for (int i = 0; i < parts.size(); i++) {
            MailPart part = parts.get(i);
            if (part.isMultipart()) {
                sortMultipart(part, alternative, toText, toHtml);
            } else if (!isBody(part, i, multipart)) {
                setAside(part, i, multipart);
            } else if (alternative) {
                add(part, toText && part.contentType().equals("text/plain"),
                        toHtml && part.contentType().equals("text/html"));
            } else {
                add(part, toText, toHtml);
            }
        }
        if (alternative && toText && toHtml) {
            replaceMissing(texts, htmls);
        }
    }

    /** Of a multipart among alternatives, the first text decides whether it is the text or the HTML. */
    private void sortMultipart(MailPart part, boolean alternative, boolean toText, boolean toHtml) {
        if (!alternative) {
            sort(part.parts(), part.contentType(), toText, toHtml);
            return;
        }
        boolean html = MailView.find(part, Bodies::isText)
                .map(first -> first.contentType().equals("text/html")).orElse(false);
        sort(part.parts(), part.contentType(), toText && !html, toHtml && html);
    }

    private void add(MailPart part, boolean toText, boolean toHtml) {
        if (toText) {
            text.add(part);
        }
        if (toHtml) {
            html.add(part);
        }
        if (!toText && !toHtml) {
            attachments.add(part);
        }
    }

    /** Who has no HTML sees the text instead of it, and the other way round. */
    private void replaceMissing(int texts, int htmls) {
        if (text.size() == texts && html.size() > htmls) {
            text.addAll(html.subList(htmls, html.size()));
        } else if (html.size() == htmls && text.size() > texts) {
            html.addAll(text.subList(texts, text.size()));
        }
    }

    private static boolean isBody(MailPart part, int index, String multipart) {
        boolean first = index == 0;
        boolean named = part.givenFileName().isPresent();
        return isText(part) && !part.isAttachment() && (first || !multipart.equals("multipart/related") && !named);
    }

    private static boolean isText(MailPart part) {
        return part.contentType().equals("text/plain") || part.contentType().equals("text/html");
    }

    private void setAside(MailPart part, int index, String multipart) {
        boolean related = multipart.equals("multipart/related") && index > 0;
        boolean shown = part.contentType().matches("(image|audio|video|font)/.*|text/css");
        if (shown && !part.isAttachment() && !part.isOpaque() && part.contentId().isPresent()
                && (related || part.header("Content-Disposition").isPresent())) {
            inline.add(part);
        } else {
            attachments.add(part);
        }
    }
}
