package io.smtpra.ra.telemetry;

import io.smtpra.event.MailLogKeys;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.MDC;

/**
 * The ids of a session and of the mail in it, for the log's context (MDC) of a thread: there while the thread does
 * something for them, and afterwards what was there before. Immutable; goes from thread to thread with the work.
 *
 * <p>WildFly hands the log's context down to threads that are made by the one that has it. So our own are made without
 * it: such a thread would have the ids of the session for which it happened to be made as long as it lives.
 */
public final class LogIds {

    private static final LogIds NONE = new LogIds(null, null);

    /** Null as the log's context has it: there is none. */
    private final String session;
    private final String mail;

    private LogIds(String session, String mail) {
        this.session = session;
        this.mail = mail;
    }

    /** Neither a session nor a mail. */
    public static LogIds none() {
        return NONE;
    }

    /** Those of a session without a mail. */
    public static LogIds ofSession(String session) {
        return new LogIds(session, null);
    }

    /** Those that the calling thread has. */
    public static LogIds current() {
        String session = MDC.get(MailLogKeys.SESSION);
        String mail = MDC.get(MailLogKeys.MAIL);
        return session == null && mail == null ? NONE : new LogIds(session, mail);
    }

    /** The same session with this mail. */
    public LogIds withMail(String id) {
        return new LogIds(session, id);
    }

    /** The same session without a mail. */
    public LogIds withoutMail() {
        return mail == null ? this : new LogIds(session, null);
    }

    /** The id of the mail, if there is one. */
    public Optional<String> mail() {
        return Optional.ofNullable(mail);
    }

    /**
     * Gives these to the calling thread.
     *
     * @return what the thread had before, to be given back by {@link #set()}
     */
    public LogIds enter() {
        LogIds before = current();
        if (before.session == session && before.mail == mail) {
            return this;
        }
        set();
        return before;
    }

    /** Gives these to the calling thread, in place of what it has. */
    public void set() {
        put(MailLogKeys.SESSION, session);
        put(MailLogKeys.MAIL, mail);
    }

    /** Does something for them. */
    public void run(Runnable task) {
        LogIds before = enter();
        try {
            task.run();
        } finally {
            before.set();
        }
    }

    /** Does something for them that has a result. */
    public <T> T get(Supplier<T> task) {
        LogIds before = enter();
        try {
            return task.get();
        } finally {
            before.set();
        }
    }

    /** An executor whose tasks have the ids that a session has when they begin. */
    public static Executor on(Executor executor, Supplier<LogIds> session) {
        return task -> executor.execute(() -> session.get().run(task));
    }

    /**
     * Gives the calling thread another id, until the place is closed.
     *
     * @param key under which it stands
     * @param id the id
     */
    public static Place place(String key, String id) {
        String before = MDC.get(key);
        MDC.put(key, id);
        return () -> put(key, before);
    }

    /** Where another id stands in the log's context. */
    public interface Place extends AutoCloseable {

        /** Puts back what was there before. */
        @Override
        void close();
    }

    private static void put(String key, String id) {
        if (id == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, id);
        }
    }
}
