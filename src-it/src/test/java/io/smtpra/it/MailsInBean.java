package io.smtpra.it;

import io.smtpra.it.app.HeldBean;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Mails that a {@link HeldBean} holds until they are let go. */
final class MailsInBean {

    private final Path directory;
    private final int port;

    /** Mails to a port, held by a directory of their own. */
    MailsInBean(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** Sends mails, each over a connection of its own, and returns the replies to come. */
    List<CompletableFuture<String>> send(int count, String recipient) {
        return Stream.generate(() -> {
            CompletableFuture<String> reply = new CompletableFuture<>();
            Thread sender = new Thread(() -> send(recipient, reply), "held mail");
            sender.setDaemon(true);
            sender.start();
            return reply;
        }).limit(count).toList();
    }

    /** Sends a mail over a connection, and returns its reply. */
    String mail(Dialogue dialogue, String recipient) {
        try {
            return dialogue.mail(directory.toString(), recipient);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the bean holds so many mails at the same time. */
    void await(int count) {
        Await.until(count + " mails in the bean", () -> Optional.ofNullable(directory.toFile().listFiles())
                .orElse(new File[0]).length == count);
    }

    /** Lets all mails go, and those that come from now on. */
    void letGo() throws IOException {
        Files.createFile(directory.resolve("go"));
    }

    private void send(String recipient, CompletableFuture<String> reply) {
        try (Dialogue dialogue = new Dialogue(port)) {
            reply.complete(dialogue.mail(directory.toString(), recipient));
        } catch (IOException | RuntimeException e) {
            reply.completeExceptionally(e);
        }
    }
}
