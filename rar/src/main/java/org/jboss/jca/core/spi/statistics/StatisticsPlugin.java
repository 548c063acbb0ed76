package org.jboss.jca.core.spi.statistics;

import java.io.Serializable;
import java.util.Locale;
import java.util.Set;

/** Figures by name. */
public interface StatisticsPlugin extends Serializable {

    Set<String> getNames();

    Class getType(String name);

    String getDescription(String name);

    String getDescription(String name, Locale locale);

    Object getValue(String name);

    boolean isEnabled();

    void setEnabled(boolean enabled);

    void clear();
}
