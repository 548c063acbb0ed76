package io.smtpra.it.app;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import jakarta.annotation.Resource;
import jakarta.ejb.MessageDriven;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/**
 * Reads each mail several times, and keeps it beyond its call. If the mail's subject says so, it tries to read the one
 * before, and keeps in the table {@code OUTCOME} what comes of it.
 */
@MessageDriven
public class ContentBean implements MailListener {

    /** What it hears, cut to the length of the column. */
    public static final String TOO_LATE = "The content of a mail can be read until onMail returns, not ";

    private record Kept(InboundMail mail, MimeMessage message, InputStream stream) {}

    private static volatile Kept kept;

    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource database;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        String subject = mail.message().getSubject();
        if (subject.equals("later")) {
            String id = kept.mail().id();
            Outcomes.keep(database, mail, "content", attempt(kept.mail()::content));
            Outcomes.keep(database, mail, "message", attempt(kept.mail()::message));
            Outcomes.keep(database, mail, "stream", attempt(kept.stream()::read));
            Outcomes.keep(database, mail, "part", attempt(() -> kept.message().getInputStream().readAllBytes()));
            Outcomes.keep(database, mail, "id", id);
            return;
        }
        byte[] first = read(mail);
        byte[] second = read(mail);
        String text = mail.message().getContent().toString();
        kept = new Kept(mail, mail.message(), mail.content());
        Outcomes.keep(database, mail, subject, String.join(" ",
                String.valueOf(Arrays.equals(first, second)),
                String.valueOf(first.length == mail.size()),
                String.valueOf(mail.message() == kept.message()),
                String.valueOf(text.length())));
    }

    private static byte[] read(InboundMail mail) throws Exception {
        try (InputStream content = mail.content()) {
            return content.readAllBytes();
        }
    }

    private static String attempt(Callable<?> reading) {
        try {
            return String.valueOf(reading.call());
        } catch (Exception e) {
            return String.valueOf(e.getMessage()).substring(0, TOO_LATE.length());
        }
    }
}
