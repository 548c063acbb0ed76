package io.smtpra.mailer;

import io.smtpra.InboundMail;
import io.smtpra.MailContent;
import io.smtpra.mail.MailPart;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** Parts of mails that have arrived, as files of a mail that leaves. */
final class ReceivedParts {

    private static final String UNKNOWN = "application/octet-stream";

    private ReceivedParts() {}

    /** A mail octet for octet. */
    static MailFile file(InboundMail mail) throws IOException {
        String name = mail.view().subject().replaceAll("[\\p{Cntrl}/\\\\]", "_").strip();
        String shortened = name.codePoints().limit(60)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        return MailFile.message((shortened.isEmpty() ? "message" : shortened) + ".eml", new MailContent() {
            @Override
            public InputStream open() throws IOException {
                return mail.content();
            }

            @Override
            public OptionalLong length() {
                return OptionalLong.of(mail.size());
            }
        });
    }

    /** A part: a message stays one, and what a file cannot be becomes octets. */
    static MailFile file(MailPart part) throws IOException {
        if (part.message().isPresent()) {
            return MailFile.message(part.fileName(), part::openEncoded);
        }
        MailFile file;
        try {
            file = MailFile.of(part.fileName(), type(part), Optional.empty(), part::open);
        } catch (IllegalArgumentException e) {
            file = MailFile.of(part.fileName(), UNKNOWN, Optional.empty(), part::open);
        }
        return file.asBorrowed();
    }

    private static String type(MailPart part) {
        String type = part.contentType();
        if (type.startsWith("message/")) {
            // a report, which only within its multipart means something
            return "text/plain";
        }
        return type + parameter(part, "charset") + parameter(part, "method");
    }

    private static String parameter(MailPart part, String name) {
        return part.parameter(name).filter(HeaderWriter::isToken).map(value -> "; " + name + "=" + value).orElse("");
    }
}
