package io.smtpra.bench.bean;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.io.InputStream;
import java.io.OutputStream;
import org.jboss.ejb3.annotation.ResourceAdapter;

/** Reads the whole content, in the container's transaction. */
@MessageDriven(activationConfig =
        @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*@example.com"))
@ResourceAdapter("smtp-ra.rar")
public class ReadingBean implements MailListener {

    @Override
    public void onMail(InboundMail mail) throws Exception {
        try (InputStream content = mail.content()) {
            content.transferTo(OutputStream.nullOutputStream());
        }
    }
}
