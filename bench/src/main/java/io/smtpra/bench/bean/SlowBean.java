package io.smtpra.bench.bean;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import org.jboss.ejb3.annotation.ResourceAdapter;

/** Takes 200 ms for each mail, as one that asks a slow service would. */
@MessageDriven(activationConfig =
        @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*@slow.example.com"))
@ResourceAdapter("smtp-ra.rar")
public class SlowBean implements MailListener {

    private static final long MILLIS = 200;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        Thread.sleep(MILLIS);
    }
}
