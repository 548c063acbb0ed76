package io.smtpra.it.app;

import io.smtpra.event.SmtpEvent;
import io.smtpra.event.SmtpEventListener;
import jakarta.annotation.Resource;
import jakarta.ejb.MessageDriven;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears of events, and fires them for the observers of its application. */
@MessageDriven
public class EventBridge implements SmtpEventListener {

    private static final Logger LOG = LoggerFactory.getLogger(EventBridge.class);

    @Inject
    private Event<SmtpEvent> events;

    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource database;

    @Override
    public void onEvent(SmtpEvent event) {
        LOG.info("the bridge hears {} with its class loader: {}, with java:comp: {}, on {}", event.kind(),
                Thread.currentThread().getContextClassLoader() == EventBridge.class.getClassLoader(),
                database != null, Thread.currentThread().getName());
        events.fire(event);
    }
}
