package io.smtpra.ra.authenticity.dns;

import io.smtpra.authenticity.DnsAnswer;
import io.smtpra.authenticity.DnsLookup;
import io.smtpra.authenticity.DnsRecordType;
import io.smtpra.ra.authenticity.dns.AnswerCache.Question;
import io.smtpra.ra.log.AuthenticityMessages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;

/**
 * Asks resolvers, over UDP and, where the answer does not fit, over TCP. Who asks what is being asked already waits for
 * the same answer; what was answered is kept as long as it holds.
 */
public final class DnsResolver implements DnsLookup, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DnsResolver.class);
    /** For one question, tries and aliases included. */
    static final Duration TIME = Duration.ofSeconds(10);
    private static final int LEAST_TRIES = 3;
    private static final int MAX_ALIASES = 8;
    private static final int MAX_UNDER_WAY = 4_000;
    private static final int MAX_ENTRIES = 20_000;
    private static final long MAX_WEIGHT = 16L << 20;
    private static final long LOG_PAUSE = TimeUnit.MINUTES.toNanos(1);

    private final DnsWire wire;
    private final List<Resolver> resolvers;
    private final LongSupplier nanoTime;
    private final AnswerCache cache;
    private final Map<Question, CompletableFuture<DnsAnswer>> underWay = new ConcurrentHashMap<>();
    private final ScheduledExecutorService threads;
    private final AtomicLong nextLog;

    private DnsResolver(DnsConfig config, LongSupplier nanoTime) {
        try {
            this.wire = new DnsWire();
        } catch (IOException e) {
            throw new UncheckedIOException("The way to the DNS cannot be opened", e);
        }
        this.resolvers = config.resolvers().stream().map(server -> resolver(server, config.oneTry())).toList();
        this.nanoTime = nanoTime;
        this.cache = new AnswerCache(MAX_ENTRIES, MAX_WEIGHT, nanoTime);
        this.nextLog = new AtomicLong(nanoTime.getAsLong());
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(2, task -> {
            Thread thread = new Thread(null, task, "smtp-ra dns", 0, false);
            thread.setDaemon(true);
            return thread;
        });
        pool.setRemoveOnCancelPolicy(true);
        this.threads = pool;
    }

    /** A resolver; {@link #close()} ends it. */
    public static DnsResolver start(DnsConfig config) {
        return start(config, System::nanoTime);
    }

    /** With a clock of its own, by which answers grow old. */
    static DnsResolver start(DnsConfig config, LongSupplier nanoTime) {
        return new DnsResolver(config, nanoTime);
    }

    private Resolver resolver(InetSocketAddress server, Duration oneTry) {
        SimpleResolver resolver = new SimpleResolver(server);
        resolver.setIoClientFactory(wire);
        resolver.setTimeout(oneTry);
        return resolver;
    }

    @Override
    public CompletableFuture<DnsAnswer> ask(String name, DnsRecordType type) {
        Question question = new Question(DnsNames.normal(name), type);
        Optional<CachedAnswer> known = cache.find(question);
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(known.get().answer());
        }
        Optional<Name> asked = DnsNames.name(question.name());
        if (asked.isEmpty()) {
            return CompletableFuture.completedFuture(CachedAnswer.noSuchName().answer());
        }
        CompletableFuture<DnsAnswer> answer = new CompletableFuture<>();
        CompletableFuture<DnsAnswer> other = underWay.putIfAbsent(question, answer);
        if (other != null) {
            return other.copy();
        }
        if (underWay.size() > MAX_UNDER_WAY) {
            answered(question, answer, CachedAnswer.failed("too many questions are under way"));
        } else {
            send(question, asked.get(), answer);
        }
        return answer.copy();
    }

    private void send(Question question, Name name, CompletableFuture<DnsAnswer> answer) {
        try {
            CachedAnswer late = CachedAnswer.failed("no answer within " + TIME.toSeconds() + " s");
            ScheduledFuture<?> timer = threads.schedule(
                    () -> answered(question, answer, late), TIME.toMillis(), TimeUnit.MILLISECONDS);
            answer.whenComplete((done, failure) -> timer.cancel(false));
            follow(name, question.type(), answer, 0)
                    .exceptionally(failure -> CachedAnswer.failed("no answer: " + rootOf(failure)))
                    .thenAccept(read -> answered(question, answer, read));
        } catch (RejectedExecutionException e) {
            answered(question, answer, CachedAnswer.failed("the adapter is being stopped"));
        }
    }

    private void answered(Question question, CompletableFuture<DnsAnswer> asked, CachedAnswer answer) {
        if (!asked.isDone()) {
            cache.keep(question, answer);
            if (!answer.answer().isAnswered() && !threads.isShutdown()) {
                complain(question, answer.answer().reason());
            }
        }
        underWay.remove(question, asked);
        asked.complete(answer.answer());
    }

    /** Asks about a name, and about what it is an alias of where the resolver leaves that to us. */
    private CompletionStage<CachedAnswer> follow(
            Name name, DnsRecordType type, CompletableFuture<DnsAnswer> answer, int aliases) {
        Message query = Message.newQuery(Record.newRecord(name, AnswerReader.type(type), DClass.IN));
        // RFC 6840 section 5.7: so a resolver is asked to say whether it has validated the answer
        query.getHeader().setFlag(Flags.AD);
        return attempt(query, answer, 0).thenCompose(message -> {
            AnswerReader.Read read = AnswerReader.read(message, name, type);
            if (read.answer().isPresent()) {
                return CompletableFuture.completedFuture(read.answer().get());
            }
            return aliases == MAX_ALIASES || answer.isDone()
                    ? CompletableFuture.completedFuture(
                            CachedAnswer.failed("more than " + MAX_ALIASES + " aliases (CNAME) in a row"))
                    : follow(read.alias().orElseThrow(), type, answer, aliases + 1);
        });
    }

    /** One resolver after the other, until one knows. */
    private CompletionStage<Message> attempt(Message query, CompletableFuture<DnsAnswer> answer, int number) {
        if (resolvers.isEmpty()) {
            return CompletableFuture.failedFuture(new IllegalStateException("no resolver is configured"));
        }
        boolean last = number + 1 >= Math.max(LEAST_TRIES, resolvers.size());
        return resolvers.get(number % resolvers.size()).sendAsync(query, threads)
                .<CompletionStage<Message>>handle((message, failure) -> {
                    boolean settled = failure == null && isSettled(message);
                    if (settled || last || answer.isDone()) {
                        return failure == null ? CompletableFuture.completedFuture(message)
                                : CompletableFuture.failedFuture(failure);
                    }
                    return attempt(query, answer, number + 1);
                })
                .thenCompose(stage -> stage);
    }

    private static boolean isSettled(Message message) {
        return message.getRcode() == Rcode.NOERROR || message.getRcode() == Rcode.NXDOMAIN;
    }

    /** Once a minute: a DNS that does not answer makes every check a temperror, and somebody has to know. */
    private void complain(Question question, String reason) {
        long now = nanoTime.getAsLong();
        long next = nextLog.get();
        if (now - next >= 0 && nextLog.compareAndSet(next, now + LOG_PAUSE)) {
            AuthenticityMessages.LOG.noAnswer(question.type(), question.name(), reason, resolvers);
        } else {
            LOG.debug("smtp-ra: the DNS does not say what {} {} is: {}", question.type(), question.name(), reason);
        }
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    int cached() {
        return cache.size();
    }

    long cachedOctets() {
        return cache.weight();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        underWay.forEach((question, answer) ->
                answered(question, answer, CachedAnswer.failed("the adapter is being stopped")));
        wire.close();
    }
}
