package io.smtpra.ra.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;

/**
 * What files look like from outside; links are followed, so that a link set to another file is a change.
 *
 * @param states one for each file, absent if it can't be seen
 */
record FileStates(List<Optional<State>> states) {

    /**
     * What tells one content of a file from the next.
     *
     * @param modified when it was written
     * @param size its octets
     * @param identity which file it is, as text; empty where the file system can't say
     */
    record State(FileTime modified, long size, String identity) {
    }

    static FileStates of(List<Path> files) {
        return new FileStates(files.stream().map(FileStates::state).toList());
    }

    private static Optional<State> state(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new State(attributes.lastModifiedTime(), attributes.size(),
                    Optional.ofNullable(attributes.fileKey()).map(Object::toString).orElse("")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
