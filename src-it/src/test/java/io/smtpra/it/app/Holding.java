package io.smtpra.it.app;

import io.smtpra.InboundMail;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Holds a mail until it is let go. The mail's subject is a directory: a file with the mail's id is made in it, the file
 * {@code go} is waited for, and the mail is kept in the table {@code OUTCOME}.
 */
public final class Holding {

    private static final long BOUND_SECONDS = 120;

    private Holding() {}

    /** Holds a mail, then keeps it. */
    static void hold(InboundMail mail, DataSource database) throws Exception {
        Path directory = Path.of(mail.message().getSubject());
        Files.createFile(directory.resolve(mail.id()));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
        while (!Files.exists(directory.resolve("go"))) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Nobody lets the mail go");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        Outcomes.keep(database, mail, "held", "");
    }
}
