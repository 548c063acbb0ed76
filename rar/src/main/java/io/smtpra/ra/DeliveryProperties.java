package io.smtpra.ra;

import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.inbound.DeliveryConfig;
import io.smtpra.ra.message.StoreConfig;
import jakarta.resource.spi.ConfigProperty;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The properties of a resource adapter that are about the way of received mail to the beans. */
public abstract class DeliveryProperties extends ProtocolProperties {

    /** RFC 5321 section 4.5.3.2.6: a client waits ten minutes for the reply to its mail, and an hour is a bound for all. */
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final long MAX_MEMORY = 1L << 40;

    @ConfigProperty(description = "Mails that are given to beans at the same time, all beans together. Keep it below the"
            + " threads of the work manager (50 in WildFly).")
    private String maxDeliveries = "40";

    @ConfigProperty(description = "Received mails that wait for a bean; what comes on top is refused with 451 4.3.2.")
    private String maxQueuedDeliveries = "1000";

    @ConfigProperty(description = "How long a received mail waits for a bean, until it is refused with 451 4.3.2.")
    private String queueTimeout = "60s";

    @ConfigProperty(description = "How long a bean and its commit may take; past it the sender hears 451 and the transaction"
            + " rolls back.")
    private String deliveryTimeout = "5m";

    @ConfigProperty(description = "How long after its start the adapter refuses recipients that no bean takes for now (451), as"
            + " their bean may still come; after it, for good (550).")
    private String gracePeriod = "30s";

    @ConfigProperty(description = "How long running deliveries are waited for when a bean or the adapter stops.")
    private String shutdownTimeout = "30s";

    @ConfigProperty(description = "Octets of a mail that are kept in memory; a longer mail goes to a file.")
    private String memoryThreshold = "2M";

    @ConfigProperty(description = "Octets of all mails together that are kept in memory; past it, they go to files.")
    private String maxMemory = "128M";

    @ConfigProperty(description = "Where files of long mails are made. If empty, a directory below java.io.tmpdir.")
    private String spoolDirectory = "";

    DeliveryConfig deliveryConfig(PropertyReader reader) {
        return new DeliveryConfig(
                reader.number("maxDeliveries", maxDeliveries, 1, 10_000),
                reader.number("maxQueuedDeliveries", maxQueuedDeliveries, 0, 100_000),
                reader.duration("queueTimeout", queueTimeout, Duration.ZERO, LONGEST),
                reader.duration("deliveryTimeout", deliveryTimeout, Duration.ofMillis(1), LONGEST),
                reader.duration("gracePeriod", gracePeriod, Duration.ZERO, LONGEST),
                reader.duration("shutdownTimeout", shutdownTimeout, Duration.ZERO, LONGEST));
    }

    StoreBounds storeBounds(PropertyReader reader) {
        return new StoreBounds(
                reader.size("memoryThreshold", memoryThreshold, 0, MAX_MEMORY),
                reader.size("maxMemory", maxMemory, StoreConfig.LEAST_MEMORY, MAX_MEMORY),
                path(reader, "spoolDirectory", reader.text(spoolDirectory).orElseGet(DeliveryProperties::temporary)));
    }

    private static String temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"), "smtp-ra").toString();
    }

    @Override
    List<String> values() {
        List<String> values = super.values();
        values.addAll(Arrays.asList(
                maxDeliveries, maxQueuedDeliveries, queueTimeout, deliveryTimeout, gracePeriod, shutdownTimeout,
                memoryThreshold, maxMemory, spoolDirectory));
        return values;
    }

    public String getMaxDeliveries() {
        return maxDeliveries;
    }

    public void setMaxDeliveries(String maxDeliveries) {
        this.maxDeliveries = maxDeliveries;
    }

    public String getMaxQueuedDeliveries() {
        return maxQueuedDeliveries;
    }

    public void setMaxQueuedDeliveries(String maxQueuedDeliveries) {
        this.maxQueuedDeliveries = maxQueuedDeliveries;
    }

    public String getQueueTimeout() {
        return queueTimeout;
    }

    public void setQueueTimeout(String queueTimeout) {
        this.queueTimeout = queueTimeout;
    }

    public String getDeliveryTimeout() {
        return deliveryTimeout;
    }

    public void setDeliveryTimeout(String deliveryTimeout) {
        this.deliveryTimeout = deliveryTimeout;
    }

    public String getGracePeriod() {
        return gracePeriod;
    }

    public void setGracePeriod(String gracePeriod) {
        this.gracePeriod = gracePeriod;
    }

    public String getShutdownTimeout() {
        return shutdownTimeout;
    }

    public void setShutdownTimeout(String shutdownTimeout) {
        this.shutdownTimeout = shutdownTimeout;
    }

    public String getMemoryThreshold() {
        return memoryThreshold;
    }

    public void setMemoryThreshold(String memoryThreshold) {
        this.memoryThreshold = memoryThreshold;
    }

    public String getMaxMemory() {
        return maxMemory;
    }

    public void setMaxMemory(String maxMemory) {
        this.maxMemory = maxMemory;
    }

    public String getSpoolDirectory() {
        return spoolDirectory;
    }

    public void setSpoolDirectory(String spoolDirectory) {
        this.spoolDirectory = spoolDirectory;
    }
}
