package io.smtpra.ra.telemetry;

/** Has figures of its own, in which others may count: the resource adapter, for its connection factories. */
public interface TelemetrySource {

    /**
     * The figures.
     *
     * @return the same ones as long as the source lives
     */
    Telemetry telemetry();
}
