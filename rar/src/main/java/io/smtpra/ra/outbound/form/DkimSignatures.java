package io.smtpra.ra.outbound.form;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The signatures of a mail (RFC 6376), as far as they tell what may be done to its header.
 *
 * @param headers those that are signed, in small letters
 * @param toTheOctet those of them that may not even be folded
 */
record DkimSignatures(Set<String> headers, Set<String> toTheOctet) {

    static final DkimSignatures NONE = new DkimSignatures(Set.of(), Set.of());

    static DkimSignatures of(List<String> lines) {
        Set<String> headers = new HashSet<>();
        Set<String> toTheOctet = new HashSet<>();
        for (String line : lines) {
            MimeEntity.field(List.of(line), "DKIM-Signature").ifPresent(signature -> {
                Set<String> signed = new HashSet<>(Arrays.asList(
                        tag(signature, "h").toLowerCase(Locale.ROOT).split("[:\\s]+")));
                signed.add("dkim-signature");
                headers.addAll(signed);
                // Section 3.4: without a word of it the header is taken as it stands.
                if (!tag(signature, "c").toLowerCase(Locale.ROOT).startsWith("relaxed")) {
                    toTheOctet.addAll(signed);
                }
            });
        }
        return new DkimSignatures(headers, toTheOctet);
    }

    private static String tag(String signature, String name) {
        for (String tag : signature.split(";")) {
            String[] parts = tag.split("=", 2);
            if (parts.length == 2 && parts[0].trim().equals(name)) {
                return parts[1].trim();
            }
        }
        return "";
    }
}
