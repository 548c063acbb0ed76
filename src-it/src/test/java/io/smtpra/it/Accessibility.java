package io.smtpra.it;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a page must have so that everybody can use it, as far as a machine can tell. */
final class Accessibility {

    /**
     * A script that returns the texts whose contrast is below 4.5 (WCAG 2.2, 1.4.3), with their colours. A background
     * is the first one that is not transparent, from the element outwards.
     */
    static final String TOO_FAINT = """
            const rgb = text => (text.match(/[\\d.]+/g) ?? []).map(Number);
            const light = ([r, g, b]) => {
                const part = value => value <= 10.31 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
                return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
            };
            const behind = element => {
                for (let at = element; at; at = at.parentElement) {
                    const colour = rgb(getComputedStyle(at).backgroundColor);
                    if (colour.length === 3 || colour[3] === 1) {
                        return colour;
                    }
                }
                return [255, 255, 255];
            };
            const modal = document.querySelector('dialog[open]');
            const found = [];
            for (const element of (modal ?? document.body).querySelectorAll('*')) {
                const text = [...element.childNodes].filter(node => node.nodeType === 3)
                    .map(node => node.data.trim()).join('');
                if (text === '' || !element.checkVisibility() || element.closest('.unseen, .skip, option')) {
                    continue;
                }
                const ink = rgb(getComputedStyle(element).color);
                const [a, b] = [light(ink), light(behind(element))].sort((x, y) => y - x);
                if ((a + 0.05) / (b + 0.05) < 4.5) {
                    found.push(`${text}: ${getComputedStyle(element).color} on ${behind(element)}`);
                }
            }
            return found;
            """;

    private static final Set<String> CONTROLS = Set.of("button", "link", "textbox", "searchbox", "checkbox", "combobox",
            "listbox", "tab", "tabpanel", "dialog", "region", "table", "option", "Iframe");

    private Accessibility() {}

    /** The controls that a screen reader has no name for. */
    static List<String> nameless(Browser browser) {
        List<?> nodes = (List<?>) browser.cdp("Accessibility.getFullAXTree", Map.of()).get("nodes");
        return nodes.stream().map(node -> (Map<?, ?>) node)
                .filter(node -> !Boolean.TRUE.equals(node.get("ignored")))
                .filter(node -> CONTROLS.contains(value(node, "role")) && value(node, "name").isBlank())
                .map(node -> value(node, "role") + " " + node.get("backendDOMNodeId"))
                .toList();
    }

    private static String value(Map<?, ?> node, String name) {
        return node.get(name) instanceof Map<?, ?> of && of.get("value") != null ? of.get("value").toString() : "";
    }
}
