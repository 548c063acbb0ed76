package io.smtpra.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.mail.MailView;
import io.smtpra.mailer.Mail;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of W3C Trace Context, level 1, sections 3.2 and 3.3. */
class TraceContextTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";
    private static final String GOOD = "00-" + TRACE + "-" + PARENT + "-01";

    @Test
    void theExampleOfTheSpecificationIsRead() {
        TraceContext trace = TraceContext.parse(GOOD, List.of("rojo=00f067aa0ba902b7,congo=t61rcWkgMzE")).orElseThrow();
        assertThat(trace).isEqualTo(new TraceContext(TRACE, PARENT, 1, "rojo=00f067aa0ba902b7, congo=t61rcWkgMzE"));
        assertThat(trace.isSampled()).isTrue();
        assertThat(trace.traceparent()).isEqualTo(GOOD);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "00", GOOD + "-", GOOD + "-00", GOOD + "0", "ff-" + TRACE + "-" + PARENT + "-01",
        "00-00000000000000000000000000000000-" + PARENT + "-01", "00-" + TRACE + "-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + PARENT + "-01", "00-" + TRACE + "-" + PARENT + "-0g",
        "00-" + TRACE + "-" + PARENT + "-1", "00_" + TRACE + "_" + PARENT + "_01", "0-" + TRACE + "-" + PARENT + "-01",
        "01-" + TRACE + "-" + PARENT + "-01x",
    })
    void whatIsNoneIsNoContext(String traceparent) {
        assertThat(TraceContext.parse(traceparent, List.of("a=1"))).isEmpty();
    }

    @Test
    void aLaterVersionIsReadAsFarAsItIsKnown() {
        assertThat(TraceContext.parse("01-" + TRACE + "-" + PARENT + "-03-what-comes", List.of()))
                .contains(new TraceContext(TRACE, PARENT, 3, ""));
        assertThat(TraceContext.parse("cc-" + TRACE + "-" + PARENT + "-00", List.of()))
                .hasValueSatisfying(trace -> assertThat(trace.traceparent()).startsWith("00-").endsWith("-00"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "a=1,b=2", "a=1 , b=2", "a=1,,b=2", "tenant@system=1", "0tenant@system=1", "a*/_-0= x y", "a=1,\tb=2,"})
    void aGoodStateIsKept(String state) {
        assertThat(TraceContext.parse(GOOD, List.of(state)).orElseThrow().tracestate())
                .isEqualTo(List.of(state.split(",")).stream().map(String::strip).filter(each -> !each.isEmpty())
                        .collect(Collectors.joining(", ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "a", "=1", "A=1", "0a=1", "a=1,a=2", "a=1=2", "a=\u00e9", "a b=1", "a@b@c=1", "tenant@0system=1",
        "tenant@systemsystemsys=1", "a="})
    void aBadStateIsLeftOutAndTheContextStays(String state) {
        assertThat(TraceContext.parse(GOOD, List.of(state))).contains(new TraceContext(TRACE, PARENT, 1, ""));
    }

    @Test
    void aStateHasItsBounds() {
        String many = IntStream.range(0, 33).mapToObj(i -> "k" + i + "=1").collect(Collectors.joining(","));
        assertThat(TraceContext.parse(GOOD, List.of(many)).orElseThrow().tracestate()).isEmpty();
        String longest = "a=" + "x".repeat(256) + ", b=" + "x".repeat(250);
        assertThat(TraceContext.parse(GOOD, List.of(longest)).orElseThrow().tracestate()).isEqualTo(longest);
        assertThat(TraceContext.parse(GOOD, List.of(longest + "x")).orElseThrow().tracestate()).isEmpty();
        assertThat(TraceContext.parse(GOOD, List.of("a=" + "x".repeat(257))).orElseThrow().tracestate()).isEmpty();
    }

    @Test
    void aTraceGoesOn() {
        TraceContext first = TraceContext.begin();
        assertThat(TraceContext.parse(first.traceparent(), List.of())).contains(first);
        assertThat(first.next().traceId()).isEqualTo(first.traceId());
        assertThat(first.next().parentId()).isNotEqualTo(first.parentId());
        assertThatThrownBy(() -> new TraceContext(TRACE, "x", 0, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TraceContext(TRACE, PARENT, 256, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TraceContext(TRACE, PARENT, 0, "A=1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMailTellsItsContext() throws IOException {
        assertThat(of("Traceparent: " + GOOD + "\r\nTraceState: a=1\r\nsubject: x\r\ntracestate: b=2\r\n"))
                .contains(new TraceContext(TRACE, PARENT, 1, "a=1, b=2"));
        assertThat(of("subject: x\r\ntracestate: b=2\r\n")).isEmpty();
        assertThat(of("traceparent: " + GOOD + "\r\ntraceparent: " + GOOD + "\r\n")).isEmpty();
    }

    /** However long the fields are, and whoever folds them. */
    @Test
    void aMailHandsItsContextOn() throws IOException {
        TraceContext trace = new TraceContext(TRACE, PARENT, 1, IntStream.range(0, 4)
                .mapToObj(i -> "k" + i + "=" + "x".repeat(110)).collect(Collectors.joining(", ")));
        Mail mail = Mail.from("a@example.com").to("b@example.org").text("hello")
                .header(TraceContext.PARENT, trace.traceparent()).header(TraceContext.STATE, trace.tracestate()).build();
        assertThat(MailView.of(mail.content()).traceContext()).contains(trace);
        assertThat(MailView.of(mail.content()).headers()).noneMatch(field -> field.line().contains("=?"));
    }

    private static Optional<TraceContext> of(String header) throws IOException {
        byte[] octets = (header + "\r\ntext\r\n").getBytes(StandardCharsets.US_ASCII);
        return MailView.of(() -> new ByteArrayInputStream(octets)).traceContext();
    }
}
