package io.smtpra.queue.bean;

import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import jakarta.ejb.EJB;

/**
 * Ready-made: takes the reports that other servers send to the queue's return path. An application makes it a
 * message-driven bean of its own:
 *
 * <pre>{@code
 * @MessageDriven(activationConfig =
 *         @ActivationConfigProperty(propertyName = "recipients", propertyValue = "bounce@example.com"))
 * @ResourceAdapter("smtp-ra.rar")
 * public class Reports extends ReportListener {
 * }
 * }</pre>
 *
 * <p>What is no report of the queue's mail is taken and changes nothing, but for a line in the log: to refuse it would
 * only make another report.
 */
public class ReportListener implements MailListener {

    @EJB
    private ReportBean reports;

    @Override
    public void onMail(InboundMail mail) throws Exception {
        reports.take(mail);
    }
}
