package io.smtpra.ra.inbound.work;

import io.smtpra.ra.log.SessionMessages;
import io.smtpra.ra.telemetry.LogIds;
import jakarta.resource.spi.work.SecurityContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Questions that are answered on the server's threads, by parties that may block: a few at a time, a few more waiting,
 * and each answered within its time, whatever becomes of it. A party that hangs keeps its own places and no others: it
 * gets one more only while it leaves more free than it holds, so that something is left for everybody else.
 */
public final class BoundedWork {

    /**
     * How much there may be.
     *
     * @param atOnce questions under way, of all parties together
     * @param perParty questions under way that one party answers
     * @param waitingPerParty questions that wait for a party
     * @param time for a question, its wait included
     */
    public record Limits(int atOnce, int perParty, int waitingPerParty, Duration time) {}

    /**
     * What is asked.
     *
     * @param <T> the answer
     */
    @FunctionalInterface
    public interface Question<T> {

        /** Finds the answer, on a thread of the server; it may block. */
        T answer() throws Exception;

        /** As whom the thread works; absent: as nobody in particular. */
        default Optional<SecurityContext> user() {
            return Optional.empty();
        }
    }

    /** Why there is no answer. */
    public sealed interface NoAnswer {

        /** Too much is asked of the party, or the server had no thread. */
        record Busy() implements NoAnswer {}

        /** The time is over. */
        record TooLate() implements NoAnswer {}

        /**
         * Asking failed.
         *
         * @param cause with what
         */
        record Failed(Throwable cause) implements NoAnswer {}
    }


    private final ServerThreads threads;
    private final String name;
    private final Limits limits;
    /** Those of whom something is asked, whose turn is longest ago first. */
    private final Map<Object, Party> parties = new LinkedHashMap<>();
    private int running;
    /** Work on its way to the server: one after another, for what is refused at once makes room for the next. */
    private final Queue<Asked<?>> starting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger toStart = new AtomicInteger();

    /**
     * Bounds for questions of one kind.
     *
     * @param threads leads to the server
     * @param name of the work, as the server shows it
     */
    public BoundedWork(ServerThreads threads, String name, Limits limits) {
        this.threads = threads;
        this.name = name;
        this.limits = limits;
    }

    /**
     * Asks; never blocks.
     *
     * @param party whom; questions of equal parties share their places. The log shows it
     * @param question what is asked
     * @param instead makes an answer where there is none
     * @return the answer; it never fails, and comes in time
     */
    public <T> CompletionStage<T> ask(Object party, Question<T> question, Function<NoAnswer, T> instead) {
        return ask(party, question, instead, limits.time());
    }

    /** Asks within a time of its own. */
    public <T> CompletionStage<T> ask(
            Object party, Question<T> question, Function<NoAnswer, T> instead, Duration time) {
        Asked<T> asked = new Asked<>(party, question, instead);
        if (enter(asked)) {
            start(List.of(asked));
        }
        if (!asked.answer.isDone()) {
            ScheduledFuture<?> timer = threads.after(time, () -> timeOver(asked));
            asked.answer.whenComplete((answer, failure) -> timer.cancel(false));
        }
        return asked.answer;
    }

    /** Whether it may be asked now; if not, it waits, or goes without an answer. */
    private synchronized boolean enter(Asked<?> asked) {
        Party party = parties.computeIfAbsent(asked.party, key -> new Party());
        if (mayStart(party)) {
            take(party, asked);
            return true;
        }
        if (party.waiting.size() >= limits.waitingPerParty() || party.hangs()) {
            asked.none(new NoAnswer.Busy());
            forgetIdle(asked.party);
        } else {
            party.waiting.add(asked);
        }
        return false;
    }

    private void forgetIdle(Object party) {
        if (parties.get(party).isIdle()) {
            parties.remove(party);
        }
    }

    private boolean mayStart(Party party) {
        int held = party.running.size();
        return held < limits.perParty() && held < limits.atOnce() - running;
    }

    private void take(Party party, Asked<?> asked) {
        running++;
        party.running.put(asked, false);
    }

    private void start(List<Asked<?>> granted) {
        for (Asked<?> asked : granted) {
            starting.add(asked);
            if (toStart.getAndIncrement() == 0) {
                do {
                    run(starting.remove());
                } while (toStart.decrementAndGet() > 0);
            }
        }
    }

    private void run(Asked<?> asked) {
        threads.run(ServerWork.question(name, asked.question.user(), asked::ask, failure -> {
            failure.ifPresent(why -> SessionMessages.LOG.questionNotAsked(name, asked.party, why.toString()));
            asked.none(new NoAnswer.Busy());
            start(ended(asked));
        }));
    }

    /** Gives a place back, and returns what has got one by it. */
    private synchronized List<Asked<?>> ended(Asked<?> asked) {
        running--;
        Party party = parties.get(asked.party);
        if (Boolean.TRUE.equals(party.running.remove(asked)) && !party.hangs()) {
            SessionMessages.LOG.answersAgain(asked.party);
        }
        parties.remove(asked.party);
        if (!party.isIdle()) {
            // behind the others
            parties.put(asked.party, party);
        }
        List<Asked<?>> next = new ArrayList<>();
        for (Party waited : parties.values()) {
            while (!waited.waiting.isEmpty() && mayStart(waited)) {
                Asked<?> first = waited.waiting.iterator().next();
                waited.waiting.remove(first);
                take(waited, first);
                next.add(first);
            }
        }
        return next;
    }

    private void timeOver(Asked<?> asked) {
        if (!asked.answer.isDone()) {
            // First, so that whoever hears of it and asks again finds it noted.
            late(asked);
            asked.none(new NoAnswer.TooLate());
        }
    }

    private synchronized void late(Asked<?> asked) {
        Party party = parties.get(asked.party);
        if (party == null) {
            return;
        }
        if (party.waiting.remove(asked)) {
            forgetIdle(asked.party);
            return;
        }
        boolean hung = party.running.containsValue(true);
        if (party.running.replace(asked, false, true) && !hung) {
            SessionMessages.LOG.questionNotAnswered(asked.party, name);
        }
    }

    /** One of whom something is asked. */
    private static final class Party {

        private final Set<Asked<?>> waiting = new LinkedHashSet<>();
        /** The questions under way, and whether their time is over. */
        private final Map<Asked<?>, Boolean> running = new HashMap<>();

        boolean isIdle() {
            return waiting.isEmpty() && running.isEmpty();
        }

        /** Whether all that is under way has outlived its time: who waits for it waits in vain. */
        boolean hangs() {
            return !running.isEmpty() && !running.containsValue(false);
        }
    }

    private static final class Asked<T> {

        private final Object party;
        private final Question<T> question;
        private final Function<NoAnswer, T> instead;
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private final LogIds ids = LogIds.current();

        Asked(Object party, Question<T> question, Function<NoAnswer, T> instead) {
            this.party = party;
            this.question = question;
            this.instead = instead;
        }

        void ask() {
            if (answer.isDone()) {
                return;
            }
            LogIds before = ids.enter();
            try {
                answer.complete(question.answer());
            } catch (Exception | Error e) {
                none(new NoAnswer.Failed(e));
            } finally {
                before.set();
            }
        }

        /** Answers without an answer; false if there is one. */
        boolean none(NoAnswer why) {
            return !answer.isDone() && answer.complete(instead.apply(why));
        }
    }
}
