package io.smtpra.monitoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.management.Descriptor;
import javax.management.MBeanAttributeInfo;

/**
 * A figure that an attribute of a bean says it is.
 *
 * @param attribute where it is read
 * @param meter its name, in lower case and with dots
 * @param counter whether it only grows; else it says how it is now
 * @param scale what its value is multiplied with, to be in seconds where it is a time
 * @param tags keys and values in turn, which are always the same
 * @param tagNames the attribute is a text of counts by name, whose words are the values of these keys; empty: a number
 */
record FigureInfo(
        String attribute, String meter, boolean counter, double scale, List<String> tags, List<String> tagNames) {

    private static final double MILLISECONDS = 0.001;

    /** Copies the lists. */
    FigureInfo {
        tags = List.copyOf(tags);
        tagNames = List.copyOf(tagNames);
    }

    /** What an attribute's descriptor tells; absent if it is no figure. */
    static Optional<FigureInfo> of(MBeanAttributeInfo attribute) {
        Descriptor descriptor = attribute.getDescriptor();
        if (!(descriptor.getFieldValue("meter") instanceof String meter)) {
            return Optional.empty();
        }
        List<String> tags = new ArrayList<>();
        texts(descriptor, "tags").forEach(tag -> tags.addAll(Arrays.asList(tag.split("=", 2))));
        return Optional.of(new FigureInfo(attribute.getName(), meter,
                "counter".equals(descriptor.getFieldValue("metricType")),
                "milliseconds".equals(descriptor.getFieldValue("units")) ? MILLISECONDS : 1,
                tags, texts(descriptor, "tagNames")));
    }

    static FigureInfo gauge(String attribute, String meter, String... tags) {
        return new FigureInfo(attribute, meter, false, 1, List.of(tags), List.of());
    }

    static FigureInfo counter(String attribute, String meter, String... tags) {
        return new FigureInfo(attribute, meter, true, 1, List.of(tags), List.of());
    }

    /** Whether it is many counts, each under a name. */
    boolean isByName() {
        return !tagNames.isEmpty();
    }

    /** The tags of a count: the last word of its name is the value of the last key, the rest that of the first. */
    List<String> tags(String name) {
        int end = tagNames.size() == 1 ? -1 : name.lastIndexOf(' ');
        List<String> values = end < 0 ? List.of(name, "any") : List.of(name.substring(0, end), name.substring(end + 1));
        List<String> all = new ArrayList<>();
        for (int i = 0; i < tagNames.size(); i++) {
            all.add(tagNames.get(i));
            all.add(values.get(i));
        }
        return all;
    }

    private static List<String> texts(Descriptor descriptor, String field) {
        return descriptor.getFieldValue(field) instanceof String[] texts ? List.of(texts) : List.of();
    }
}
