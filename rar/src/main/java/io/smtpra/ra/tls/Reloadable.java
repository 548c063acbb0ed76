package io.smtpra.ra.tls;

import io.smtpra.ra.log.TlsMessages;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Something made from files that is made anew when they change. Whoever has taken the old one keeps it; a new one that
 * can't be made leaves the old one in place.
 *
 * @param <T> what is made
 */
public final class Reloadable<T> {

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

    /**
     * Makes another one of the current one.
     *
     * @param <T> what is made
     */
    @FunctionalInterface
    public interface Change<T> {

        /**
         * Makes it.
         *
         * @param current the current one
         * @return the other one
         * @throws TlsConfigurationException if it can't be made
         */
        T of(T current) throws TlsConfigurationException;
    }

    private final String what;
    private final Supplier<List<Path>> files;
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
        this("TLS material", () -> List.copyOf(files), loader);
    }

    /**
     * Makes it for the first time.
     *
     * @param what what it is, for the log
     * @param files what it is made from now; others may come
     * @param loader makes it
     * @throws TlsConfigurationException if it can't be made
     */
    public Reloadable(String what, Supplier<List<Path>> files, Loader<T> loader) throws TlsConfigurationException {
        this.what = what;
        this.files = files;
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
        seen = FileStates.of(files.get());
        current = loader.load();
        generation++;
    }

    /**
     * Puts another one in its place, that was made of the current one and of no file.
     *
     * @param change makes it
     * @throws TlsConfigurationException if it can't be made; then the old one stays
     */
    public synchronized void replace(Change<T> change) throws TlsConfigurationException {
        current = change.of(current);
        generation++;
    }

    /**
     * Makes it anew if a file has changed. What can't be made is logged, and the old one stays.
     *
     * @return whether there is a new one
     */
    public synchronized boolean reloadIfChanged() {
        if (FileStates.of(files.get()).equals(seen)) {
            return false;
        }
        try {
            reload();
            TlsMessages.LOG.renewed(what, files.get());
            return true;
        } catch (TlsConfigurationException e) {
            TlsMessages.LOG.unusableChange(what, e.getMessage());
            return false;
        }
    }
}
