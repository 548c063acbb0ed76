package io.smtpra.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What was said, the latest lines of it; neither contents nor what follows {@code AUTH}. */
final class InboxTranscript {

    private static final int MOST_LINES = 10_000;

    private final Deque<String> lines = new ArrayDeque<>();

    void client(String line) {
        boolean secret = line.regionMatches(true, 0, "AUTH ", 0, 5);
        add("C: " + (secret ? "AUTH …" : line));
    }

    void server(Iterable<? extends CharSequence> reply) {
        reply.forEach(line -> add("S: " + line));
    }

    void server(String line) {
        add("S: " + line);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    synchronized void clear() {
        lines.clear();
    }

    private synchronized void add(String line) {
        if (lines.size() == MOST_LINES) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }
}
