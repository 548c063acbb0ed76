package io.smtpra.ra.client.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.smtpra.ra.Eventually;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each wait ends at its deadline, not before and not after, whatever the deadlines before it were. */
@Timeout(60)
class WireTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final Watchdog watchdog = new Watchdog();
    private ServerSocket server;
    private Wire wire;
    private Socket peer;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        Connector connector = Connector.to(new HostAddresses("127.0.0.1", server.getLocalPort()));
        wire = new Wire(connector.connect(LONG, SendBudget.of(LONG)), watchdog);
        peer = server.accept();
    }

    @AfterEach
    void close() throws IOException {
        wire.close();
        peer.close();
        server.close();
    }

    @Test
    void a_wait_ends_at_its_deadline_and_the_connection_with_it() {
        wire.expireAfter(SHORT);
        assertThat(lasting(() -> assertTimesOut(this::read))).isBetween(SHORT.dividedBy(2), SHORT.multipliedBy(20));
        assertThat(wire.isOpen()).isFalse();
        assertTimesOut(this::read);
    }

    @Test
    void a_wait_may_be_shorter_than_the_one_before() throws IOException {
        wire.expireAfter(LONG);
        hearOneOctet();
        wire.expireAfter(SHORT);
        assertThat(lasting(() -> assertTimesOut(this::read))).isBetween(SHORT.dividedBy(2), SHORT.multipliedBy(20));
    }

    @Test
    void a_wait_may_be_longer_than_the_one_before() throws Exception {
        wire.expireAfter(SHORT);
        hearOneOctet();
        wire.expireAfter(LONG);
        CompletableFuture<Integer> next = CompletableFuture.supplyAsync(() -> {
            try {
                return read();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        letPass(SHORT.multipliedBy(2));
        peer.getOutputStream().write('b');
        assertThat(next.join()).isEqualTo('b');
    }

    @Test
    void nothing_ends_while_nobody_waits() throws IOException {
        wire.expireAfter(SHORT);
        hearOneOctet();
        letPass(SHORT.multipliedBy(2));
        assertThat(wire.isOpen()).isTrue();
        assertThat(wire.isReadable()).isFalse();
        wire.expireAfter(SHORT);
        assertTimesOut(this::read);
    }

    @Test
    void octets_one_by_one_do_not_prolong_it() throws IOException {
        wire.expireAfter(SHORT);
        CompletableFuture<Void> dribble = CompletableFuture.runAsync(() -> {
            try {
                while (wire.isOpen()) {
                    peer.getOutputStream().write('a');
                    letPass(SHORT.dividedBy(10));
                }
            } catch (IOException e) {
                // Ours has closed.
            }
        });
        assertTimesOut(() -> {
            while (true) {
                read();
            }
        });
        // A deadline that passes between two reads leaves it to us to close.
        wire.close();
        dribble.join();
    }

    @Test
    void a_write_that_is_not_taken_ends_too() {
        wire.expireAfter(SHORT);
        assertTimesOut(() -> wire.write(ByteBuffer.allocate(64 << 20)));
    }

    @Test
    void without_time_to_wait_what_has_arrived_is_taken_and_what_has_room_goes() throws IOException {
        wire.expireAfter(Duration.ZERO);
        assertTimesOut(this::read);
        assertThat(wire.isOpen()).isTrue();
        peer.getOutputStream().write(new byte[] {'a', 'b'});
        Eventually.isTrue(wire::isReadable);
        assertThat(wire.isReadable()).isTrue();
        assertThat(read()).isEqualTo('a');
        assertThat(read()).isEqualTo('b');
        assertTimesOut(this::read);
        wire.write(ByteBuffer.wrap(new byte[] {'c'}));
        assertThat(peer.getInputStream().read()).isEqualTo('c');
        assertTimesOut(() -> wire.write(ByteBuffer.allocate(64 << 20)));
    }

    @Test
    void the_end_is_readable_and_stays() throws IOException {
        peer.close();
        Eventually.isTrue(wire::isReadable);
        wire.expireAfter(LONG);
        assertThat(read()).isEqualTo(-1);
        assertThat(read()).isEqualTo(-1);
    }

    @Test
    void whoever_waits_hears_that_another_thread_closed() {
        wire.expireAfter(LONG);
        CompletableFuture<Throwable> failure = CompletableFuture.supplyAsync(() -> catchThrowable(this::read));
        letPass(SHORT);
        assertThat(catchThrowable(wire::close)).isNull();
        assertThat(failure.join()).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void an_interrupt_is_not_a_time_out() throws Exception {
        wire.expireAfter(LONG);
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread reader = new Thread(() -> failure.complete(catchThrowable(this::read)));
        reader.start();
        reader.interrupt();
        assertThat(failure.join())
                .isInstanceOf(InterruptedIOException.class)
                .isNotInstanceOf(SocketTimeoutException.class)
                .hasMessage("the thread was interrupted");
    }

    @Test
    void the_watchdog_keeps_neither_a_thread_nor_a_class_loader_of_the_application() throws IOException {
        Set<Thread> before = watchdogs();
        ClassLoader ours = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(new ClassLoader(ours) {});
        try {
            wire.expireAfter(LONG);
            peer.getOutputStream().write('a');
            read();
        } finally {
            Thread.currentThread().setContextClassLoader(ours);
        }
        Set<Thread> mine = watchdogs();
        mine.removeAll(before);
        assertThat(mine).singleElement()
                .matches(Thread::isDaemon)
                .matches(thread -> thread.getContextClassLoader() == Watchdog.class.getClassLoader());
        wire.close();
        Eventually.isTrue(() -> mine.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void the_watchdog_inherits_no_variable_of_the_application() throws Exception {
        InheritableThreadLocal<String> variable = new InheritableThreadLocal<>();
        variable.set("the application's");
        CompletableFuture<Optional<String>> inherited = new CompletableFuture<>();
        watchdog.after(0, () -> inherited.complete(Optional.ofNullable(variable.get())));
        assertThat(inherited.get(30, TimeUnit.SECONDS)).isEmpty();
    }

    private static Set<Thread> watchdogs() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("smtp-ra outbound time-outs"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** A wait that is over at once. */
    private void hearOneOctet() throws IOException {
        peer.getOutputStream().write('a');
        assertThat(read()).isEqualTo('a');
    }

    private int read() throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        return wire.read(one) < 0 ? -1 : one.get(0);
    }

    private static void assertTimesOut(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(SocketTimeoutException.class);
    }

    private static Duration lasting(Runnable call) {
        long start = System.nanoTime();
        call.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void letPass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Eventually.isTrue(() -> System.nanoTime() > end);
    }
}
