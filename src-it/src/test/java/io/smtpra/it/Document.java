package io.smtpra.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A page of the documentation, whose blocks are run or compiled as a reader would. */
record Document(String name, String text) {

    private static final Pattern BLOCK = Pattern.compile(
            "(?:<!-- with: (.*?) -->\\n+)?```(\\w*)\\n(.*?)```", Pattern.DOTALL);

    static Document read(String name) {
        try {
            // Unit tests have no property; the module's folder is theirs.
            Path docs = Path.of(System.getProperty("it.docs", "../docs"));
            return new Document(name, Files.readString(docs.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The blocks of a language, or of none. */
    List<Block> blocks(String language) {
        return BLOCK.matcher(text).results().map(Document::block)
                .filter(block -> block.language.equals(language)).toList();
    }

    /** Writes the first block below a heading, commands of the server's command line, into a file. */
    Path script(String heading) {
        int from = text.indexOf("\n" + heading + "\n");
        if (from < 0) {
            throw new IllegalArgumentException(name + " has no heading " + heading);
        }
        Block block = BLOCK.matcher(text.substring(from)).results().map(Document::block).findFirst().orElseThrow();
        try {
            Path script = Files.createTempFile("document", ".cli");
            script.toFile().deleteOnExit();
            return Files.writeString(script, block.text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Block block(MatchResult found) {
        return new Block(found.group(1) == null ? "" : found.group(1), found.group(2), found.group(3));
    }

    /**
     * A block.
     *
     * @param with declarations that the reader has in mind, from a comment before the block: {@code <!-- with: … -->}
     */
    record Block(String with, String language, String text) {}
}
