package io.smtpra.ra.authenticity.dkim;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The octets of a header that are signed (RFC 6376 sections 3.7 and 5.4.2). */
public final class SignedHeader {

    private static final int USUAL = 2 * 1_024;

    private final Map<String, List<HeaderFields.Field>> fields;

    /** The header of one mail, for all of its signatures. */
    public SignedHeader(HeaderFields header) {
        this.fields = header.fromTheBottom();
    }

    /**
     * What a signature that is being made is over.
     *
     * @param names the fields that are signed, in small letters; see {@link #octets}
     * @param unsigned the signature's own field, up to where its value goes, without a line end
     * @return the octets, in the relaxed form
     */
    public byte[] toBeSigned(List<String> names, String unsigned) {
        byte[] field = (unsigned + "\r\n").getBytes(StandardCharsets.US_ASCII);
        int colon = unsigned.indexOf(':');
        return octets(names, Canonicalization.RELAXED,
                new HeaderFields.Field(field, 0, colon, colon + 1, field.length)).toByteArray();
    }

    /**
     * The octets.
     *
     * @param names the fields that are signed: of several with the same name the last, then the one above, and nothing
     *     where there is none any more
     * @param signature the signature itself, whose own value does not count
     */
    OctetBuffer octets(List<String> names, Canonicalization form, HeaderFields.Field signature) {
        OctetBuffer out = new OctetBuffer(USUAL);
        Map<String, Integer> taken = new HashMap<>();
        for (String name : names) {
            List<HeaderFields.Field> all = fields.getOrDefault(name, List.of());
            int next = taken.merge(name, 1, Integer::sum) - 1;
            // A signature that names its kind means those that were there before it.
            if (next < all.size() && all.get(next).from() == signature.from()
                    && all.get(next).octets() == signature.octets()) {
                next = taken.merge(name, 1, Integer::sum) - 1;
            }
            if (next < all.size()) {
                form.write(all.get(next), out);
            }
        }
        form.write(withoutSignature(signature), out);
        out.dropLineEnd();
        return out;
    }

    /** With the value of the tag {@code b=} taken out, and the white space around it. */
    private static HeaderFields.Field withoutSignature(HeaderFields.Field field) {
        byte[] in = field.octets();
        int end = field.to() - 2;
        OctetBuffer out = new OctetBuffer(field.to() - field.from());
        out.write(in, field.from(), field.valueFrom() - field.from());
        int at = field.valueFrom();
        while (at < end) {
            int tagEnd = indexOf(in, ';', at, end);
            int equals = indexOf(in, '=', at, tagEnd);
            boolean signature = equals < tagEnd && isSignature(in, at, equals);
            out.write(in, at, (signature ? equals + 1 : tagEnd) - at);
            if (tagEnd < end) {
                out.write(';');
            }
            at = tagEnd + 1;
        }
        out.write('\r');
        out.write('\n');
        return new HeaderFields.Field(out.octets(), 0, field.nameEnd() - field.from(),
                field.valueFrom() - field.from(), out.size());
    }

    private static boolean isSignature(byte[] in, int from, int to) {
        int letters = 0;
        for (int i = from; i < to; i++) {
            if (in[i] > ' ') {
                letters += in[i] == 'b' ? 1 : 2;
            }
        }
        return letters == 1;
    }

    private static int indexOf(byte[] in, char c, int from, int to) {
        int at = from;
        while (at < to && in[at] != c) {
            at++;
        }
        return at;
    }
}
