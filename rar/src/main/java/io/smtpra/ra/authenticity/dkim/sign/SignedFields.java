package io.smtpra.ra.authenticity.dkim.sign;

import io.smtpra.ra.authenticity.dkim.HeaderFields;
import java.util.ArrayList;
import java.util.List;

/**
 * Which fields of a header are signed: those that tell people and programs what the mail is (RFC 6376 section 5.4.1).
 * Each is named once more than it is there, so that another of its name, added on the way, breaks the signature
 * (section 8.15). Fields that are added by others in good faith are not among those, nor are those that say how the
 * mail came.
 */
final class SignedFields {

    /** Signed also where they are missing: to add one would change what people see. */
    private static final List<String> ALWAYS = List.of("from", "to", "cc", "reply-to", "subject", "mime-version",
            "content-type", "content-transfer-encoding");

    /** Where one is missing, a relay or a list may add it. */
    private static final List<String> IF_PRESENT = List.of("sender", "date", "message-id", "in-reply-to", "references",
            "content-disposition", "content-id", "content-description", "auto-submitted", "list-id", "list-help",
            "list-unsubscribe", "list-unsubscribe-post", "list-subscribe", "list-post", "list-owner", "list-archive");

    /** More than any mail that is one; verifiers have bounds too. */
    private static final int MOST_OF_A_NAME = 20;

    private SignedFields() {}

    static List<String> of(HeaderFields header) {
        List<String> names = new ArrayList<>();
        for (String name : ALWAYS) {
            add(names, name, header.count(name));
        }
        for (String name : IF_PRESENT) {
            int count = header.count(name);
            if (count > 0) {
                add(names, name, count);
            }
        }
        return names;
    }

    private static void add(List<String> names, String name, int count) {
        for (int i = 0; i <= Math.min(count, MOST_OF_A_NAME); i++) {
            names.add(name);
        }
    }
}
