package io.smtpra.ra.authenticity.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.authenticity.DnsAnswer;
import io.smtpra.authenticity.DnsAnswer.Status;
import io.smtpra.authenticity.DnsRecordType;
import io.smtpra.ra.Eventually;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** Against a server of our own, over the wire: what it says, and what it does when it is slow, dead or lies. */
class DnsResolverTest {

    private final AtomicLong clock = new AtomicLong();
    private final DnsServer server = DnsServer.start();
    private final DnsResolver resolver = DnsResolver.start(server.config(), clock::get);

    @AfterEach
    void stop() {
        resolver.close();
        server.close();
    }

    private DnsAnswer ask(String name, DnsRecordType type) throws Exception {
        return resolver.ask(name, type).get(60, TimeUnit.SECONDS);
    }

    static Stream<Arguments> records() {
        return Stream.of(
                Arguments.of("a.test", DnsRecordType.A, List.of("192.0.2.1", "192.0.2.2")),
                Arguments.of("A.Test.", DnsRecordType.AAAA, List.of("2001:db8:0:0:0:0:0:1")),
                Arguments.of("a.test", DnsRecordType.MX, List.of("10 mx.test")),
                Arguments.of("1.2.0.192.in-addr.arpa", DnsRecordType.PTR, List.of("a.test")),
                Arguments.of("a.test", DnsRecordType.TXT, List.of("onetwo", "\u00E9")),
                Arguments.of("alias.test", DnsRecordType.TXT, List.of("onetwo", "\u00E9")),
                Arguments.of("long.test", DnsRecordType.TXT, List.of("x".repeat(600))));
    }

    @ParameterizedTest
    @MethodSource("records")
    void saysWhatThereIs(String name, DnsRecordType type, List<String> values) throws Exception {
        server.a("a.test", "192.0.2.1").a("a.test", "192.0.2.2").aaaa("a.test", "2001:db8::1")
                .mx("a.test", 10, "MX.test").txt("a.test", "one", "two").txt("a.test", "\u00E9")
                .ptr("1.2.0.192.in-addr.arpa", "a.test")
                .cname("alias.test", "alias2.test").cname("alias2.test", "a.test").txt("long.test", "x".repeat(600));
        DnsAnswer answer = ask(name, type);
        assertThat(answer.status()).isEqualTo(Status.FOUND);
        assertThat(answer.values()).containsExactlyInAnyOrderElementsOf(values);
    }

    @Test
    void tellsNoNameFromNoData() throws Exception {
        server.a("a.test", "192.0.2.1");
        assertThat(ask("a.test", DnsRecordType.TXT).status()).isEqualTo(Status.NO_DATA);
        assertThat(ask("b.test", DnsRecordType.TXT).status()).isEqualTo(Status.NO_NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..test", "\u00E9.test", "a\0.test",
            "x123456789012345678901234567890123456789012345678901234567890123.test"})
    void doesNotAskForWhatIsNoName(String name) throws Exception {
        assertThat(ask(name, DnsRecordType.A).status()).isEqualTo(Status.NO_NAME);
        assertThat(ask("a.".repeat(130) + "test", DnsRecordType.A).status()).isEqualTo(Status.NO_NAME);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void takesAQuestionWithOddCharactersAsItIs() throws Exception {
        server.txt("a\\066.test", "here");
        assertThat(ask("a\\066.test", DnsRecordType.TXT).values()).containsExactly("here");
    }

    @Test
    void asksOverTcpWhatDoesNotFit() throws Exception {
        IntStream.range(0, 10_000).forEach(i -> server.txt("many.test", "t" + i % 10));
        IntStream.range(0, 300).forEach(i -> server.txt("some.test", "record number " + i));
        assertThat(ask("some.test", DnsRecordType.TXT).values()).hasSize(300);
        assertThat(server.asked()).containsExactly("some.test. TXT udp", "some.test. TXT tcp");
        // what no message can hold comes cut off: half an answer is none
        DnsAnswer many = ask("many.test", DnsRecordType.TXT);
        assertThat(many.status()).isEqualTo(Status.FAILED);
        assertThat(many.reason()).contains("too long");
    }

    @Test
    void asksOnceForAll() throws Exception {
        server.txt("a.test", "one");
        List<CompletableFuture<DnsAnswer>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(resolver.ask("a.test", DnsRecordType.TXT));
        }
        for (CompletableFuture<DnsAnswer> one : all) {
            assertThat(one.get(60, TimeUnit.SECONDS).values()).containsExactly("one");
        }
        assertThat(server.asked()).containsExactly("a.test. TXT udp");
    }

    @Test
    void keepsAnswersAndTheirAbsenceForAsLongAsTheyHold() throws Exception {
        server.txt("a.test", "one");
        for (String name : List.of("a.test", "b.test", "a.test", "b.test")) {
            ask(name, DnsRecordType.TXT);
        }
        assertThat(server.asked()).hasSize(2);
        clock.addAndGet(Duration.ofSeconds(301).toNanos());
        ask("a.test", DnsRecordType.TXT);
        ask("b.test", DnsRecordType.TXT);
        assertThat(server.asked()).hasSize(4);
    }

    @Test
    void saysWhetherTheAnswerWasValidated() throws Exception {
        server.txt("a.test", "one");
        assertThat(ask("a.test", DnsRecordType.TXT).validated()).isFalse();
        server.validating().txt("b.test", "two");
        assertThat(ask("b.test", DnsRecordType.TXT).validated()).isTrue();
        assertThat(ask("b.test", DnsRecordType.TXT).validated()).as("from the cache").isTrue();
    }

    static Stream<Arguments> lies() {
        BiFunction<Message, byte[], byte[]> otherId = (query, right) -> changed(right, 0);
        BiFunction<Message, byte[], byte[]> otherQuestion = (query, right) -> changed(right, 14);
        BiFunction<Message, byte[], byte[]> rubbish = (query, right) -> new byte[] {1, 2, 3};
        BiFunction<Message, byte[], byte[]> half = (query, right) -> Arrays.copyOf(right, right.length - 5);
        BiFunction<Message, byte[], byte[]> failing = (query, right) -> withCode(query, Rcode.SERVFAIL);
        BiFunction<Message, byte[], byte[]> refusing = (query, right) -> withCode(query, Rcode.REFUSED);
        return Stream.of(Arguments.of("another id", otherId), Arguments.of("another question", otherQuestion),
                Arguments.of("rubbish", rubbish), Arguments.of("half a message", half),
                Arguments.of("a failure", failing), Arguments.of("a refusal", refusing));
    }

    private static byte[] changed(byte[] octets, int index) {
        byte[] changed = octets.clone();
        changed[index] ^= 1;
        return changed;
    }

    private static byte[] withCode(Message query, int code) {
        Message reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setRcode(code);
        reply.addRecord(query.getQuestion(), Section.QUESTION);
        return reply.toWire();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void takesNoLieForAnAnswer(String what, BiFunction<Message, byte[], byte[]> lie) throws Exception {
        server.txt("a.test", "one").lies("a.test", lie);
        DnsAnswer answer = ask("a.test", DnsRecordType.TXT);
        assertThat(answer.status()).as(what).isEqualTo(Status.FAILED);
        assertThat(answer.reason()).isNotEmpty();
        assertThat(server.asked()).as("tries").hasSize(3);
    }

    @Test
    void asksTheNextResolverWhenOneIsDead() throws Exception {
        server.txt("a.test", "one");
        try (DnsServer broken = DnsServer.start().lies("a.test", (query, right) -> withCode(query, Rcode.SERVFAIL));
                DnsResolver both = DnsResolver.start(
                        new DnsConfig(List.of(broken.address(), server.address())))) {
            assertThat(both.ask("a.test", DnsRecordType.TXT).get(60, TimeUnit.SECONDS).values()).containsExactly("one");
        }
    }

    /** What keeps coming in must not keep anybody from looking at the clock. */
    @Test
    void asksTheNextResolverWhenOneIsSilentThoughItAnswersOthers() throws Exception {
        server.silent("a.test").txt("b.test", "two");
        try (DnsServer second = DnsServer.start().txt("a.test", "one");
                DnsResolver both = DnsResolver.start(new DnsConfig(
                        List.of(server.address(), second.address()), Duration.ofSeconds(2)))) {
            CompletableFuture<DnsAnswer> asked = both.ask("a.test", DnsRecordType.TXT);
            for (int i = 0; !asked.isDone() && i < 1_000_000; i++) {
                assertThat(both.ask("n" + i + ".test", DnsRecordType.TXT).get(60, TimeUnit.SECONDS).isAnswered())
                        .isTrue();
            }
            assertThat(asked.get(60, TimeUnit.SECONDS).values()).containsExactly("one");
        }
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        server.txt("a.test", "one");
        ask("a.test", DnsRecordType.TXT);
        resolver.close();
        Eventually.isTrue(() -> Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .noneMatch(name -> name.startsWith("smtp-ra dns") || name.startsWith("dnsjava")));
    }

    @Test
    void givesUpOnSilenceAndSparesTheResolverForAMoment() throws Exception {
        server.silent("a.test").txt("a.test", "one");
        assertThat(ask("a.test", DnsRecordType.TXT).status()).isEqualTo(Status.FAILED);
        int tries = server.asked().size();
        assertThat(ask("a.test", DnsRecordType.TXT).status()).isEqualTo(Status.FAILED);
        assertThat(server.asked()).hasSize(tries);
        server.speaks("a.test");
        clock.addAndGet(Duration.ofSeconds(6).toNanos());
        assertThat(ask("a.test", DnsRecordType.TXT).values()).containsExactly("one");
    }

    @Test
    void doesNotFollowAliasesForEver() throws Exception {
        server.cname("a.test", "b.test").cname("b.test", "a.test");
        IntStream.range(0, 100).forEach(i -> server.cname("c" + i + ".test", "c" + (i + 1) + ".test"));
        assertThat(ask("a.test", DnsRecordType.TXT).status()).isEqualTo(Status.FAILED);
        assertThat(ask("c0.test", DnsRecordType.TXT).status()).isEqualTo(Status.FAILED);
        assertThat(server.asked().size()).isLessThan(25);
    }

    @Test
    void answersWhatWasAskedWhenItIsStopped() throws Exception {
        server.silent("a.test");
        CompletableFuture<DnsAnswer> asked = resolver.ask("a.test", DnsRecordType.TXT);
        resolver.close();
        assertThat(asked.get(60, TimeUnit.SECONDS).status()).isEqualTo(Status.FAILED);
        assertThat(ask("b.test", DnsRecordType.TXT).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void saysThatThereIsNobodyToAsk() throws Exception {
        try (DnsResolver nobody = DnsResolver.start(
                new DnsConfig(List.of(new InetSocketAddress("127.0.0.1", 1))))) {
            assertThat(nobody.ask("a.test", DnsRecordType.TXT).get(60, TimeUnit.SECONDS).status())
                    .isEqualTo(Status.FAILED);
        }
    }

    @Test
    void keepsNoMoreThanItMay() {
        AnswerCache cache = new AnswerCache(10, 10_000, clock::get);
        for (int i = 0; i < 100; i++) {
            cache.keep(new AnswerCache.Question("n" + i, DnsRecordType.TXT), answer("x".repeat(100)));
        }
        assertThat(cache.size()).isEqualTo(10);
        assertThat(cache.find(new AnswerCache.Question("n99", DnsRecordType.TXT))).isPresent();
        for (int i = 0; i < 100; i++) {
            cache.keep(new AnswerCache.Question("n" + i, DnsRecordType.TXT), answer("x".repeat(3_000)));
        }
        assertThat(cache.weight()).isLessThanOrEqualTo(10_000);
        cache.keep(new AnswerCache.Question("big", DnsRecordType.TXT), answer("x".repeat(11_000)));
        assertThat(cache.find(new AnswerCache.Question("big", DnsRecordType.TXT))).isEmpty();
    }

    private static CachedAnswer answer(String text) {
        return new CachedAnswer(new DnsAnswer(Status.FOUND, List.of(text), false, ""), Duration.ofMinutes(1));
    }
}
