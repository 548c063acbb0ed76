package io.smtpra.ra.server;

import java.nio.file.Path;
import java.util.Optional;

/** Where the server runs: WildFly says so by system properties. */
public final class ServerEnvironment {

    private ServerEnvironment() {}

    /**
     * The directory for what may go when the server stops.
     *
     * @return absent if the server names none
     */
    public static Optional<Path> temporary() {
        return named("jboss.server.temp.dir").map(Path::of);
    }

    /**
     * The directory for what must outlive the server's stop.
     *
     * @return absent if the server names none
     */
    public static Optional<Path> data() {
        return named("jboss.server.data.dir").map(Path::of);
    }

    /**
     * The address on which the server takes connections from everybody.
     *
     * @return absent if the server names none
     */
    public static Optional<String> bindAddress() {
        return named("jboss.bind.address");
    }

    private static Optional<String> named(String property) {
        return Optional.ofNullable(System.getProperty(property)).filter(value -> !value.isEmpty());
    }
}
