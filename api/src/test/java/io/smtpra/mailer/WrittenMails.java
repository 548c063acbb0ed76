package io.smtpra.mailer;

import io.smtpra.mail.MailPart;
import io.smtpra.mail.MailView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** What a mail looks like once it is written. */
final class WrittenMails {

    private WrittenMails() {}

    static String text(Mail mail) throws IOException {
        return new String(ArrivedMail.octets(mail.content()), StandardCharsets.UTF_8);
    }

    static MailView view(Mail mail) throws IOException {
        return MailView.of(mail.content());
    }

    /** As {@code mixed(alternative(plain html) pdf)}. */
    static String structure(Mail mail) throws IOException {
        return structure(view(mail).root());
    }

    private static String structure(MailPart part) {
        String name = part.contentType().replaceFirst(".*/", "");
        return part.parts().isEmpty() ? name : name + part.parts().stream().map(WrittenMails::structure)
                .collect(Collectors.joining(" ", "(", ")"));
    }
}
