/**
 * What systems that watch a server want of a running adapter: readiness checks of MicroProfile Health, and meters of
 * Micrometer. A deployment of its own, or part of any: it reads the beans that the adapter and the queue have in the
 * JVM's platform MBean server.
 *
 * <p>May use the APIs of CDI, MicroProfile Health and Config, and Micrometer, each of which may be absent: only
 * {@code ReadinessChecks} and {@code HealthLimits} need MicroProfile, only {@code SmtpMeters} and {@code ServerMeters}
 * Micrometer. Uses no class of the adapter.
 */
package io.smtpra.monitoring;
