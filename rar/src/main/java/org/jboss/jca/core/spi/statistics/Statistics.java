package org.jboss.jca.core.spi.statistics;

/** Something that has statistics. */
public interface Statistics {

    /**
     * Its statistics.
     *
     * @return the figures
     */
    StatisticsPlugin getStatistics();
}
