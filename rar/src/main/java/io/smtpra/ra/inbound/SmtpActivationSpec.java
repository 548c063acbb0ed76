package io.smtpra.ra.inbound;

import io.smtpra.ListenerKind;
import io.smtpra.MailListener;
import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.inbound.routing.ActivationConfig;
import io.smtpra.ra.inbound.routing.RecipientPattern;
import io.smtpra.ra.server.ServerResumption;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.Activation;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.ConfigProperty;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The activation properties of a message-driven bean that implements {@link MailListener}. */
@Activation(messageListeners = MailListener.class)
public class SmtpActivationSpec implements ActivationSpec {

    private static final int MAX_CONCURRENCY = 10_000;
    private static final int INSTANCES_PER_PROCESSOR = 4;
    private static final Map<String, ListenerKind> KINDS = Stream.of(ListenerKind.values())
            .collect(Collectors.toUnmodifiableMap(ListenerKind::configurationName, Function.identity()));

    @ConfigProperty(description = "The recipients that the bean takes, required: user@domain, *@domain, *@*.domain or"
            + " *, separated by commas. The most specific pattern of all beans wins.")
    private String recipients = "";

    @ConfigProperty(description = "The kinds of listener whose mail the bean takes: smtp, submission, submissions,"
            + " separated by commas. All of them if empty.")
    private String listeners = "";

    @ConfigProperty(description = "true: the bean gets a copy of every mail to a recipient that matches, in the same"
            + " transaction as the bean that takes the recipient. A journal makes no recipient acceptable.")
    private String journal = "false";

    @ConfigProperty(description = "How many mails the bean is given at the same time, 1 to 10000; further mails wait. No"
            + " more than the server's pool has instances of the bean. If empty, 4 for each processor, as in WildFly.")
    private String maxConcurrency = "";

    @ConfigProperty(description = "true: the bean is asked about each recipient as soon as it is named"
            + " (MailListener.onRecipient).")
    private String verifyRecipients = "false";

    private ResourceAdapter resourceAdapter;

    /** Makes a specification with default values. */
    public SmtpActivationSpec() {
        // a bean
    }

    @Override
    public void validate() throws InvalidPropertyException {
        if (!ServerResumption.isUnderWay()) {
            toConfig();
        }
    }

    /**
     * Reads the properties.
     *
     * @throws InvalidPropertyException if any of them is wrong: one message for all
     */
    public ActivationConfig toConfig() throws InvalidPropertyException {
        PropertyReader reader = PropertyReader.of(this, "activation");
        ActivationConfig config = new ActivationConfig(
                patterns(reader),
                reader.choices("listeners", KINDS),
                reader.flag("journal"),
                reader.text("maxConcurrency")
                        .map(number -> reader.number("maxConcurrency", 1, MAX_CONCURRENCY))
                        .orElseGet(SmtpActivationSpec::poolSize),
                reader.flag("verifyRecipients"));
        reader.finish();
        return config;
    }

    /**
     * WildFly derives the size of its pool of message-driven beans in this way, and a call beyond it holds a thread.
     */
    private static int poolSize() {
        return INSTANCES_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
    }

    private List<RecipientPattern> patterns(PropertyReader reader) {
        List<String> items = reader.list("recipients");
        if (items.isEmpty()) {
            reader.required("recipients", RecipientPattern.ALLOWED);
        }
        RecipientPattern instead = new RecipientPattern(RecipientPattern.Kind.ANY, "");
        return items.stream()
                .map(item -> reader.parsed(
                        "recipients", item, RecipientPattern.ALLOWED, RecipientPattern::parse, instead))
                .distinct()
                .toList();
    }

    @Override
    public ResourceAdapter getResourceAdapter() {
        return resourceAdapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter adapter) throws ResourceException {
        resourceAdapter = adapter;
    }

    public String getRecipients() {
        return recipients;
    }

    public void setRecipients(String recipients) {
        this.recipients = recipients;
    }

    public String getListeners() {
        return listeners;
    }

    public void setListeners(String listeners) {
        this.listeners = listeners;
    }

    public String getJournal() {
        return journal;
    }

    public void setJournal(String journal) {
        this.journal = journal;
    }

    public String getMaxConcurrency() {
        return maxConcurrency;
    }

    public void setMaxConcurrency(String maxConcurrency) {
        this.maxConcurrency = maxConcurrency;
    }

    public String getVerifyRecipients() {
        return verifyRecipients;
    }

    public void setVerifyRecipients(String verifyRecipients) {
        this.verifyRecipients = verifyRecipients;
    }
}
