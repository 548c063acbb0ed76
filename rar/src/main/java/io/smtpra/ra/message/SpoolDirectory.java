package io.smtpra.ra.message;

import io.smtpra.ra.log.SpoolMessages;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of the files. It belongs to the user of this process and is closed to all others, so that nobody else can
 * put a file in another's place. Several instances may share it, in one process or in several: each holds a locked file
 * of its own as long as it lives, and deletes at its start the files of those whose lock is gone.
 *
 * <p>An instance's name begins with its process and the time at which that began. Lock files of the own process are never
 * opened: closing a file releases the locks that the whole process holds on it (POSIX fcntl).
 */
final class SpoolDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolDirectory.class);
    private static final String LOCK = ".lock";
    private static final Pattern OURS =
            Pattern.compile("(smtp-ra-\\d+-\\d+-)([0-9a-f]{16})(\\.lock|-\\d+\\.content)");

    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rwx------");

    private final Path directory;
    private final Executor executor;
    private final boolean posix;
    private final String instance;
    private final Path lockPath;
    private final FileChannel lockChannel;
    private final AtomicLong numbers = new AtomicLong();
    /** The files that are there, and one for this object itself: the lock goes when the last of them goes. */
    private final AtomicLong holders = new AtomicLong(1);

    /**
     * Opens a directory, and makes it if it is not there.
     *
     * @param executor deletes files, so that no other thread waits for the disk
     * @throws IOException if it cannot be used, or belongs to another user
     */
    SpoolDirectory(Path named, Executor executor) throws IOException {
        this.executor = executor;
        posix = Files.getFileStore(existing(named)).supportsFileAttributeView("posix");
        directory = made(named).toRealPath();
        String own = "";
        FileChannel locked = null;
        while (locked == null) {
            own = ownProcess() + HexFormat.of().toHexDigits(new SecureRandom().nextLong());
            locked = tryLock(directory.resolve(own + LOCK));
        }
        instance = own;
        lockPath = directory.resolve(own + LOCK);
        lockChannel = locked;
        try {
            requireOwn();
            deleteLeftovers();
        } catch (IOException e) {
            release();
            throw e;
        }
    }

    /** The path itself, or the nearest above it that is there. */
    private static Path existing(Path path) {
        Path existing = path.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return existing;
    }

    private Path made(Path named) throws IOException {
        if (!Files.isDirectory(named)) {
            Files.createDirectories(named.toAbsolutePath().getParent());
            try {
                Files.createDirectory(named, posix
                        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ALONE)}
                        : new FileAttribute<?>[0]);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(named)) {
                    throw e;
                }
            }
        }
        return named;
    }

    /** The owner of a file that has just been made is the user of this process, whatever that is called. */
    private void requireOwn() throws IOException {
        if (!posix) {
            return;
        }
        UserPrincipal owner = Files.getOwner(directory);
        UserPrincipal own = Files.getOwner(lockPath);
        if (!owner.equals(own)) {
            throw new IOException("it belongs to " + owner.getName() + ", not to " + own.getName()
                    + ", as whom the server runs");
        }
        if (!Files.getPosixFilePermissions(directory).equals(OWNER_ALONE)) {
            Files.setPosixFilePermissions(directory, OWNER_ALONE);
            SpoolMessages.LOG.closedToOthers(directory);
        }
    }

    private static String ownProcess() {
        ProcessHandle process = ProcessHandle.current();
        long start = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return "smtp-ra-" + process.pid() + "-" + start + "-";
    }

    /** Another instance that starts at the same time may take the file for a leftover: then the next name is tried. */
    private FileChannel tryLock(Path path) throws IOException {
        FileChannel channel = createLock(path);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null && Files.exists(path);
            return locked ? channel : null;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    /** The path of a new content's file, which is to be given back by {@link #delete}. */
    Path newPath() {
        holders.incrementAndGet();
        return directory.resolve(instance + "-" + numbers.incrementAndGet() + ".content");
    }

    /** How many files are there. */
    long files() {
        return Math.max(0, holders.get() - 1);
    }

    /** Creates a content's file, to be written and read. */
    AsynchronousFileChannel createContent(Path path) throws IOException {
        return AsynchronousFileChannel.open(path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ),
                new CallerThread(), ownerOnly());
    }

    private FileChannel createLock(Path path) throws IOException {
        return FileChannel.open(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly());
    }

    /** Only the own user may read a file: it may hold anybody's mail. */
    private FileAttribute<?>[] ownerOnly() {
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }

    /** Has something done that waits for the disk; where nobody else does it any more, in the calling thread. */
    void later(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    /** Deletes a file that {@link #newPath()} gave out. */
    void delete(Path path) {
        deleteQuietly(path);
        release();
    }

    /** Lets the lock go as soon as no file is left. */
    void close() {
        release();
    }

    private void release() {
        if (holders.decrementAndGet() == 0) {
            deleteQuietly(lockPath);
            try {
                lockChannel.close();
            } catch (IOException e) {
                LOG.debug("Closing the lock file {} failed", lockPath, e);
            }
        }
    }

    private void deleteLeftovers() throws IOException {
        Set<String> instances = new TreeSet<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.forEach(file -> {
                Matcher matcher = OURS.matcher(file.getFileName().toString());
                if (matcher.matches() && !matcher.group(1).equals(ownProcess())) {
                    instances.add(matcher.group(1) + matcher.group(2));
                }
            });
        }
        for (String other : instances) {
            deleteIfDead(other);
        }
    }

    private void deleteIfDead(String other) throws IOException {
        Path otherLock = directory.resolve(other + LOCK);
        if (!Files.exists(otherLock)) {
            deleteContents(other);
            return;
        }
        try (FileChannel channel = FileChannel.open(otherLock, StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                deleteContents(other);
                deleteQuietly(otherLock);
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("The instance {} lives in this process", other);
        } catch (IOException e) {
            SpoolMessages.LOG.useUnknown(otherLock, e.toString());
        }
    }

    private void deleteContents(String other) throws IOException {
        long count;
        try (Stream<Path> files = Files.list(directory)) {
            count = files.filter(file -> file.getFileName().toString().startsWith(other + "-"))
                    .filter(this::deleteQuietly)
                    .count();
        }
        if (count > 0) {
            SpoolMessages.LOG.leftoversDeleted(count, directory);
        }
    }

    private boolean deleteQuietly(Path path) {
        try {
            return Files.deleteIfExists(path);
        } catch (IOException e) {
            SpoolMessages.LOG.notDeleted(path, e.toString());
            return false;
        }
    }
}
