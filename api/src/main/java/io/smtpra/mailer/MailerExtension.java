package io.smtpra.mailer;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;

/** Adds the producer of mailers to an application that sees it: no archive of the adapter's has beans otherwise. */
public final class MailerExtension implements Extension {

    /**
     * Called by the container.
     *
     * @param event takes the producer
     */
    void addProducer(@Observes BeforeBeanDiscovery event) {
        event.addAnnotatedType(MailerProducer.class, MailerProducer.class.getName());
    }
}
