package io.smtpra.it.app;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import io.smtpra.mail.MailPart;
import jakarta.annotation.Resource;
import jakarta.ejb.MessageDriven;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.sql.DataSource;

/**
 * Reads attachments by their names, the last one first, and keeps in the table {@code OUTCOME} the start of each one's
 * digest. Which they are stands in the mail's text, a name a line.
 */
@MessageDriven
public class AttachmentBean implements MailListener {

    /** Characters of a digest that are kept. */
    public static final int KEPT = 40;

    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource database;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        String[] names = mail.view().text().orElse("").split("\n");
        for (int i = names.length - 1; i >= 0; i--) {
            MailPart attachment = mail.view().attachment(names[i]).orElseThrow();
            Outcomes.keep(database, mail, names[i], digest(attachment));
        }
    }

    private static String digest(MailPart part) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        // left open: a bean may do that
        InputStream in = part.open();
        byte[] buffer = new byte[8192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, KEPT);
    }
}
