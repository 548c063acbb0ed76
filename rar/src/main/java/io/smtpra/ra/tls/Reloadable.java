package io.smtpra.ra.tls;

import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something made from files that is made anew when they change. Whoever has taken the old one keeps it; a new one that
 * can't be made leaves the old one in place.
 *
 * @param <T> what is made
 */
final class Reloadable<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Reloadable.class);

    /** Makes it. */
    @FunctionalInterface
    interface Loader<T> {

        T load() throws TlsConfigurationException;
    }

    private final List<Path> files;
    private final Loader<T> loader;
    private FileStates seen;
    private volatile T current;
    private volatile int generation;

    Reloadable(List<Path> files, Loader<T> loader) throws TlsConfigurationException {
        this.files = List.copyOf(files);
        this.loader = loader;
        reload();
    }

    T current() {
        return current;
    }

    /** Another number, another thing. */
    int generation() {
        return generation;
    }

    /** The files are looked at before they are read: what is written while they are read is noticed the next time. */
    synchronized void reload() throws TlsConfigurationException {
        seen = FileStates.of(files);
        current = loader.load();
        generation++;
    }

    synchronized boolean reloadIfChanged() {
        if (FileStates.of(files).equals(seen)) {
            return false;
        }
        try {
            reload();
            LOG.info("TLS material has changed and is in use for new connections: {}", files);
            return true;
        } catch (TlsConfigurationException e) {
            LOG.error("TLS material has changed but can't be used; the former stays in use until this is corrected: {}",
                    e.getMessage());
            return false;
        }
    }
}
