package io.smtpra.bench.durable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Time and CPU time of some servers over a piece of work. */
final class Cost {

    private final List<Cpu> servers;
    private final List<Long> before = new ArrayList<>();
    private final long begin;

    private Cost(List<Cpu> servers) throws IOException {
        this.servers = servers;
        for (Cpu server : servers) {
            before.add(server.micros());
        }
        begin = System.nanoTime();
    }

    /** Whose time is taken. */
    @FunctionalInterface
    interface Cpu {
        long micros() throws IOException;
    }

    /**
     * What some mails took.
     *
     * @param mailsPerSecond by the clock
     * @param micros CPU microseconds a mail, of each server
     */
    record OfMails(double mailsPerSecond, List<Double> micros) {

        double allMicros() {
            return micros.stream().mapToDouble(one -> one).sum();
        }
    }

    /** Begins. */
    static Cost of(List<Cpu> servers) throws IOException {
        return new Cost(servers);
    }

    /** Ends. */
    OfMails of(int mails) throws IOException {
        double seconds = (System.nanoTime() - begin) / 1e9;
        List<Double> micros = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            micros.add((servers.get(i).micros() - before.get(i)) / (double) mails);
        }
        return new OfMails(mails / seconds, micros);
    }
}
