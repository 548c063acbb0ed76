package io.smtpra.ra.inbound.delivery;

import io.smtpra.ra.log.DeliveryMessages;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How transactions are to end that could not be ended yet. Each is an empty file named after the transaction and its end,
 * so that neither the stop of the adapter nor a crash forgets it: what is to be committed has been committed in part. There
 * are no more of them than were being delivered when a resource went away, for without it nothing prepares.
 */
final class PendingDecisions {

    /** How a transaction is to end. */
    enum Decision {
        COMMIT,
        ROLLBACK;

        private String suffix() {
            return "." + name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(PendingDecisions.class);

    private final Optional<Path> directory;
    /** For what cannot be written to a file. */
    private final Map<DeliveryXid, Decision> inMemory = new LinkedHashMap<>();

    /**
     * Decisions, those of an earlier process of the server among them.
     *
     * @param directory where the files are, shared by all adapters of the server; absent: an end of the process forgets
     */
    PendingDecisions(Optional<Path> directory) {
        this.directory = directory;
    }

    /** Notes a decision, to the disk. */
    synchronized void add(DeliveryXid xid, Decision decision) {
        inMemory.put(xid, decision);
        directory.ifPresent(files -> {
            try {
                create(files, file(files, xid, decision));
            } catch (IOException e) {
                DeliveryMessages.LOG.decisionNotNoted(xid, decision, files, e);
            }
        });
    }

    /** All that is to be ended. */
    synchronized Map<DeliveryXid, Decision> all() {
        Map<DeliveryXid, Decision> all = new LinkedHashMap<>(inMemory);
        directory.filter(Files::isDirectory).ifPresent(files -> {
            try (Stream<Path> list = Files.list(files)) {
                list.forEach(file -> read(file, all));
            } catch (IOException e) {
                DeliveryMessages.LOG.decisionsNotRead(files, e);
            }
        });
        return all;
    }

    /** A transaction has ended. */
    synchronized void remove(DeliveryXid xid) {
        inMemory.remove(xid);
        directory.ifPresent(files -> {
            for (Decision decision : Decision.values()) {
                try {
                    Files.deleteIfExists(file(files, xid, decision));
                } catch (IOException e) {
                    DeliveryMessages.LOG.noteNotDeleted(xid, files, e);
                }
            }
        });
    }

    private static void create(Path files, Path file) throws IOException {
        if (!Files.isDirectory(files)) {
            Files.createDirectories(files.toAbsolutePath().getParent());
            if (files.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectory(files,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(files);
            }
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        try (FileChannel channel = FileChannel.open(files, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.debug("The directory {} cannot be forced to the disk on this system", files, e);
        }
    }

    private static Path file(Path files, DeliveryXid xid, Decision decision) {
        return files.resolve(xid + decision.suffix());
    }

    private static void read(Path file, Map<DeliveryXid, Decision> into) {
        String name = file.getFileName().toString();
        for (Decision decision : Decision.values()) {
            if (name.endsWith(decision.suffix())) {
                DeliveryXid.parse(name.substring(0, name.length() - decision.suffix().length()))
                        .ifPresent(xid -> into.put(xid, decision));
            }
        }
    }
}
