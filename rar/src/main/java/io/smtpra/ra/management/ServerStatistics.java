package io.smtpra.ra.management;

import io.smtpra.ra.telemetry.Telemetry;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.jca.core.spi.statistics.StatisticsPlugin;

/**
 * An adapter's figures as WildFly asks for them, for {@code jboss-cli.sh}, the console and what exports metrics. They
 * are counted always: a server that finds the adapter configured by its archive's own file switches them off and still
 * shows them.
 */
public final class ServerStatistics implements StatisticsPlugin {

    private static final long serialVersionUID = 1L;

    private final transient Telemetry telemetry;
    private boolean enabled = true;

    /** Shows these figures. */
    public ServerStatistics(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    public Set<String> getNames() {
        return Figures.all().stream().map(Figures.Figure::name).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Class<?> getType(String name) {
        return Figures.named(name).<Class<?>>map(Figures.Figure::type).orElse(String.class);
    }

    @Override
    public String getDescription(String name) {
        return Figures.named(name).map(Figures.Figure::description).orElse("");
    }

    @Override
    public String getDescription(String name, Locale locale) {
        return getDescription(name);
    }

    @Override
    public Object getValue(String name) {
        return Figures.named(name).map(figure -> figure.value().apply(telemetry)).orElse("");
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    @Override
    public void clear() {
        telemetry.clear();
    }
}
