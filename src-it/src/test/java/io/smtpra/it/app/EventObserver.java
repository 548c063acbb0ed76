package io.smtpra.it.app;

import io.smtpra.event.OutboundEvent;
import io.smtpra.event.ReceivedMailEvent;
import io.smtpra.event.SessionEvent;
import io.smtpra.event.SmtpEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Observes events, all of them and some. */
@ApplicationScoped
public class EventObserver {

    private static final Logger LOG = LoggerFactory.getLogger(EventObserver.class);

    void all(@Observes SmtpEvent event) {
        LOG.info("observed by all: {} {}", event.kind().configurationName(),
                event instanceof SessionEvent session ? session.session() : "-");
    }

    void accepted(@Observes ReceivedMailEvent.Accepted event) {
        LOG.info("observed by accepted: {} {} {}", event.kind().configurationName(), event.mail().id(),
                event.mail().messageId().orElse("none"));
    }

    void outbound(@Observes OutboundEvent event) {
        LOG.info("observed by outbound: {} {}", event.kind().configurationName(),
                event.sending().receivedMail().orElse("none"));
    }
}
