package io.smtpra.ra.authenticity.dkim.sign;

import io.smtpra.ra.authenticity.dkim.BodyDigest;
import io.smtpra.ra.authenticity.dkim.HeaderFields;
import io.smtpra.ra.authenticity.dkim.SignedHeader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The signatures of a mail but for the last step, which costs the most; how long they will be is known already. */
public final class SignatureDraft {

    private static final int LINE = 72;
    private static final String FOLD = "\r\n ";

    private record Part(SigningKey key, String field, byte[] octets) {}

    private final List<Part> parts = new ArrayList<>();

    SignatureDraft(MailSigner signer, HeaderFields header, BodyDigest.Value body, long time) {
        List<String> names = SignedFields.of(header);
        SignedHeader signed = new SignedHeader(header);
        for (SigningKey key : signer.keys()) {
            String field = "DKIM-Signature: v=1; a=" + key.algorithm().keyword() + "; c=relaxed/relaxed;" + FOLD
                    + "d=" + signer.domain() + "; s=" + key.selector() + ";" + FOLD
                    + "t=" + time + "; h=" + folded(names) + ";" + FOLD
                    + "bh=" + Base64.getEncoder().encodeToString(body.hash()) + ";" + FOLD + "b=";
            parts.add(new Part(key, field, signed.toBeSigned(names, field)));
        }
    }

    /** How many octets the signatures have. */
    public int length() {
        int length = 0;
        for (Part part : parts) {
            int signature = (part.key().signatureLength() + 2) / 3 * 4;
            length += part.field().length() + signature + (signature - 1) / LINE * FOLD.length() + 2;
        }
        return length;
    }

    /**
     * Signs.
     *
     * @return the header fields that go before all others, with their line ends
     * @throws GeneralSecurityException if a key cannot be used
     */
    public byte[] sign() throws GeneralSecurityException {
        StringBuilder fields = new StringBuilder(length());
        for (Part part : parts) {
            byte[] signature = part.key().algorithm().sign(part.octets(), part.key().key());
            fields.append(part.field()).append(folded(Base64.getEncoder().encodeToString(signature))).append("\r\n");
        }
        return fields.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String folded(String base64) {
        StringBuilder text = new StringBuilder(base64.length() + base64.length() / LINE * FOLD.length());
        for (int from = 0; from < base64.length(); from += LINE) {
            text.append(from == 0 ? "" : FOLD).append(base64, from, Math.min(base64.length(), from + LINE));
        }
        return text.toString();
    }

    private static String folded(List<String> names) {
        StringBuilder text = new StringBuilder();
        int line = "t=1234567890; h=".length();
        for (String name : names) {
            if (text.length() > 0) {
                text.append(':');
                line++;
                if (line + name.length() + 1 > LINE) {
                    text.append(FOLD);
                    line = 1;
                }
            }
            text.append(name);
            line += name.length();
        }
        return text.toString();
    }
}
