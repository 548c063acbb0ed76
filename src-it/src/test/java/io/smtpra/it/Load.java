package io.smtpra.it;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Many connections that send one mail after the other, and keep what they hear. */
final class Load implements Closeable {

    private final int port;
    private final String[] recipients;
    private final Queue<String> delivered = new ConcurrentLinkedQueue<>();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();
    private final List<Thread> senders = new ArrayList<>();
    private volatile boolean stopped;

    /** Begins to send. */
    Load(int port, int connections, String... recipients) {
        this.port = port;
        this.recipients = recipients;
        for (int i = 0; i < connections; i++) {
            Thread sender = new Thread(this::send, "load " + i);
            sender.setDaemon(true);
            sender.start();
            senders.add(sender);
        }
    }

    /** Ends after the mails that are under way. */
    void stop() throws InterruptedException {
        stopped = true;
        for (Thread sender : senders) {
            sender.join();
        }
    }

    /** The ids of the mails that were answered with 250. */
    List<String> delivered() {
        return List.copyOf(delivered);
    }

    /** The replies to the others. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    /** What ended connections before their time. */
    List<String> broken() {
        return List.copyOf(broken);
    }

    /** Waits until so many more mails have been delivered. */
    void awaitDelivered(int more) {
        int goal = delivered.size() + more;
        Await.until(more + " more delivered mails", () -> delivered.size() >= goal);
    }

    /** Waits until so many more mails have been refused. */
    void awaitRefused(int more) {
        int goal = refused.size() + more;
        Await.until(more + " more refused mails", () -> refused.size() >= goal);
    }

    private void send() {
        while (!stopped) {
            try (Dialogue dialogue = new Dialogue(port)) {
                while (!stopped && note(dialogue.mail("load", recipients))) {
                    // until the server ends the session
                }
            } catch (IOException e) {
                broken.add(e.toString());
                pause();
            }
        }
    }

    /** Keeps a reply; false if the session has ended with it. */
    private boolean note(String reply) {
        if (reply.startsWith("250 ")) {
            delivered.add(reply.substring(reply.lastIndexOf(' ') + 1));
            return true;
        }
        refused.add(reply);
        pause();
        return !reply.startsWith("421");
    }

    /** A sender that is refused for now does not come again at once. */
    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopped = true;
    }
}
