package io.smtpra.ra.outbound.session;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import java.io.IOException;
import java.io.InputStream;

/**
 * Has the texts of a message go as they are, not as quoted-printable or base64: what {@code allow8bitmime} asks for. As
 * with Angus it is the application's message that changes. A next hop without 8BITMIME gets them encoded all the same.
 */
final class EightBitTexts {

    private static final int MAX_LINE = 998;

    private EightBitTexts() {}

    static void in(MimePart part) {
        try {
            if (part.isMimeType("text/*")) {
                change(part);
            } else if (part.isMimeType("multipart/*") && !part.isMimeType("multipart/signed")
                    && part.getContent() instanceof MimeMultipart parts) {
                for (int i = 0; i < parts.getCount(); i++) {
                    if (parts.getBodyPart(i) instanceof MimePart inner) {
                        in(inner);
                    }
                }
            }
        } catch (MessagingException | IOException e) {
            // It goes as it is; what is wrong with it is said where it is written.
        }
    }

    private static void change(MimePart text) throws MessagingException, IOException {
        String encoding = text.getEncoding();
        if ("quoted-printable".equalsIgnoreCase(encoding) || "base64".equalsIgnoreCase(encoding)) {
            boolean suits;
            try (InputStream octets = text.getInputStream()) {
                suits = suits(octets);
            }
            if (suits) {
                text.setContent(text.getContent(), text.getContentType());
                text.setHeader("Content-Transfer-Encoding", "8bit");
            }
        }
    }

    /** Whether they are octets above 127, in lines that can be sent (RFC 2045 section 2.8). */
    private static boolean suits(InputStream octets) throws IOException {
        boolean above127 = false;
        int line = 0;
        byte[] block = new byte[8 * 1_024];
        for (int count = octets.read(block); count >= 0; count = octets.read(block)) {
            for (int i = 0; i < count; i++) {
                line = block[i] == '\n' || block[i] == '\r' ? 0 : line + 1;
                if (line > MAX_LINE || block[i] == 0) {
                    return false;
                }
                above127 |= block[i] < 0;
            }
        }
        return above127;
    }
}
