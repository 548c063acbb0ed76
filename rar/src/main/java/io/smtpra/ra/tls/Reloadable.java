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
public final class Reloadable<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Reloadable.class);

    /**
     * Makes it.
     *
     * @param <T> what is made
     */
    @FunctionalInterface
    public interface Loader<T> {

        /**
         * Makes it from the files as they are now.
         *
         * @return what was made
         * @throws TlsConfigurationException if it can't be made
         */
        T load() throws TlsConfigurationException;
    }

    private final List<Path> files;
    private final Loader<T> loader;
    private FileStates seen;
    private volatile T current;
    private volatile int generation;

    /**
     * Makes it for the first time.
     *
     * @param files what it is made from
     * @param loader makes it
     * @throws TlsConfigurationException if it can't be made
     */
    public Reloadable(List<Path> files, Loader<T> loader) throws TlsConfigurationException {
        this.files = List.copyOf(files);
        this.loader = loader;
        reload();
    }

    /**
     * What was made last.
     *
     * @return it
     */
    public T current() {
        return current;
    }

    /**
     * Which one is current: another number, another thing.
     *
     * @return the number
     */
    public int generation() {
        return generation;
    }

    /**
     * Makes it anew. The files are looked at before they are read: what is written while they are read is noticed the
     * next time.
     *
     * @throws TlsConfigurationException if it can't be made; then the old one stays
     */
    public synchronized void reload() throws TlsConfigurationException {
        seen = FileStates.of(files);
        current = loader.load();
        generation++;
    }

    /**
     * Makes it anew if a file has changed. What can't be made is logged, and the old one stays.
     *
     * @return whether there is a new one
     */
    public synchronized boolean reloadIfChanged() {
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
