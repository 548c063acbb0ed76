package io.smtpra.ra.event;

import io.smtpra.ListenerKind;
import io.smtpra.event.SmtpEventKind;
import io.smtpra.event.SmtpEventListener;
import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.server.ServerResumption;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.Activation;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.ConfigProperty;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The activation properties of a message-driven bean that implements {@link SmtpEventListener}. */
@Activation(messageListeners = SmtpEventListener.class)
public class EventActivationSpec implements ActivationSpec {

    private static final int LARGEST_QUEUE = 1_000_000;
    private static final Map<String, SmtpEventKind> KINDS = names(SmtpEventKind.values(),
            SmtpEventKind::configurationName);
    private static final Map<String, ListenerKind> LISTENERS = names(ListenerKind.values(),
            ListenerKind::configurationName);

    @ConfigProperty(description = "The kinds of events that the bean hears of: connection-opened, connection-refused,"
            + " tls-established, tls-failed, authenticated, authentication-failed, sender-refused, recipient-refused,"
            + " mail-accepted, mail-deferred, mail-refused, mail-unfinished, session-ended, outbound-sent,"
            + " outbound-deferred, outbound-refused, outbound-unknown, separated by commas. All of them if empty.")
    private String kinds = "";

    @ConfigProperty(description = "The kinds of listener whose events the bean hears of: smtp, submission, submissions,"
            + " separated by commas. All of them if empty. Outbound events come in any case.")
    private String listeners = "";

    @ConfigProperty(description = "How many events wait for the bean at most, 1 to 1000000. Those that come while so"
            + " many wait are dropped, and counted.")
    private String queueSize = "1000";

    private ResourceAdapter resourceAdapter;

    /** Makes a specification with default values. */
    public EventActivationSpec() {
        // a bean
    }

    @Override
    public void validate() throws InvalidPropertyException {
        if (!ServerResumption.isUnderWay()) {
            wishes();
        }
    }

    EventWishes wishes() throws InvalidPropertyException {
        PropertyReader reader = PropertyReader.of(this, "activation");
        EventWishes wishes = new EventWishes(
                reader.choices("kinds", KINDS),
                reader.choices("listeners", LISTENERS),
                reader.number("queueSize", 1, LARGEST_QUEUE));
        reader.finish();
        return wishes;
    }

    private static <T> Map<String, T> names(T[] values, Function<T, String> name) {
        return Arrays.stream(values).collect(Collectors.toUnmodifiableMap(name, Function.identity()));
    }

    @Override
    public ResourceAdapter getResourceAdapter() {
        return resourceAdapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter adapter) throws ResourceException {
        resourceAdapter = adapter;
    }

    public String getKinds() {
        return kinds;
    }

    public void setKinds(String kinds) {
        this.kinds = kinds;
    }

    public String getListeners() {
        return listeners;
    }

    public void setListeners(String listeners) {
        this.listeners = listeners;
    }

    public String getQueueSize() {
        return queueSize;
    }

    public void setQueueSize(String queueSize) {
        this.queueSize = queueSize;
    }
}
