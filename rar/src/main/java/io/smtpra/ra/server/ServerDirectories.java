package io.smtpra.ra.server;

import java.nio.file.Path;
import java.util.Optional;

/** Directories that the server has for its own use; WildFly names them by system properties. */
public final class ServerDirectories {

    private ServerDirectories() {}

    /**
     * For what may go when the server stops.
     *
     * @return absent if the server names none
     */
    public static Optional<Path> temporary() {
        return named("jboss.server.temp.dir");
    }

    /**
     * For what must outlive the server's stop.
     *
     * @return absent if the server names none
     */
    public static Optional<Path> data() {
        return named("jboss.server.data.dir");
    }

    private static Optional<Path> named(String property) {
        return Optional.ofNullable(System.getProperty(property)).filter(path -> !path.isEmpty()).map(Path::of);
    }
}
