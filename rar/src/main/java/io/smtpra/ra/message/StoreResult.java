package io.smtpra.ra.message;

import java.io.IOException;
import java.util.Objects;

/** What became of a content once its last octet was written. */
public sealed interface StoreResult {

    /**
     * It is stored whole.
     *
     * @param content it; whoever gets it closes it
     */
    record Stored(Content content) implements StoreResult {

        /** Refuses null. */
        public Stored {
            Objects.requireNonNull(content, "content");
        }
    }

    /**
     * It was longer than allowed; nothing is kept.
     *
     * @param size its length, all of it
     */
    record TooLarge(long size) implements StoreResult {}

    /**
     * It could not be stored: the disk is full or failing, or the memory of all contents is used up. Nothing is kept.
     *
     * @param cause what went wrong first
     */
    record Failed(IOException cause) implements StoreResult {

        /** Refuses null. */
        public Failed {
            Objects.requireNonNull(cause, "cause");
        }
    }
}
